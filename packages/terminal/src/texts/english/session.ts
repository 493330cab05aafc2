import { ENGLISH_SCREEN } from './screen.ts'

/** What the session says of itself, beside what the desk says. */
export const ENGLISH_SESSION = {
  confirmLive: (sentence: string) => `This is real money. Type ${sentence} and press Enter to arm`,
  summary: {
    head: (counts: string) => `The session: ${counts}`,
    deals: (count: number) => `${count} ${count === 1 ? 'deal' : 'deals'}`,
    won: (count: number) => `${count} won`,
    lost: (count: number) => `${count} lost`,
    money: (realised: string, charges: string) => `realised ${realised}, charges ${charges}`,
    best: (deal: string) => `best deal: ${deal}`,
    worst: (deal: string) => `worst deal: ${deal}`,
    denied: (count: number) => `${count} denied`,
    rejected: (count: number) => `${count} rejected`,
    latency: (p50: string, p95: string) => `key to confirmed: p50 ${p50} ms, p95 ${p95} ms`,
    stillOpen: (count: number) => `${count} ${count === 1 ? 'position' : 'positions'} still open at the broker`,
    nothingOpen: 'nothing is open at the broker',
    openUnknown: 'what is open at the broker is not known',
  },

  guard: {
    day: 'day',
    locked: (lock: string) => `LOCKED: ${lock}`,
    coolDown: 'cool-down',
    left: (span: string) => `${span} left`,
    dayLoss: 'day loss',
    positions: 'open',
    entries: 'entries a minute',
    lossStreak: 'losses in a row',
    held: 'held here',
    spread: 'spread',
    tradingAllowance: 'orders a minute',
    dataAllowance: 'calls a minute',
    of: (used: string, most: string) => `${used} of ${most}`,
    leftOf: (left: string, most: string) => `${left} of ${most} left`,
    notKnown: (most: string) => `not known, of ${most}`,
    heldBack: 'used up: the broker refuses for now, exits go on',
  },

  /** Why entries are off. */
  arming: {
    start: 'as it starts',
    trader: 'by the trader',
    focus: 'the window lost the focus',
    drawing: 'the screen could not be drawn',
    screen: 'a screen has come or gone',
    elsewhere: 'VIEW ONLY: another screen has the keys; flatten works',
  },

  /** What a key did not do, or did without the desk. */
  said: {
    notPainted: (market: string) =>
      `NOT SENT: ${market} was not on the screen yet when the key was pressed; press again`,
    markChanged: 'NOT DONE: what is marked changed on the screen as the key was pressed; look, and press again',
    nothingPainted: 'NOT DONE: nothing was on the screen yet when the key was pressed; press again',
    noPosition: (what: string) => `no position to ${what}: none is marked`,
    noOrder: 'no working order to cancel: none is marked',
    noOrders: (market: string) => `no working order to cancel in ${market}`,
    noForeign: 'nothing to take over: no position or order from elsewhere is marked',
    noUnknown: 'nothing to accept: no order is unknown',
    stillChecking: 'nothing to accept yet: the outcome is still being asked for',
    noStopToTrail: 'no stop to trail, and the preset has none: nothing changed',
    noLeg: {
      stop: 'the position has no stop to move: nothing changed',
      limit: 'the position has no limit to move: nothing changed',
    },
    onePreset: (name: string) => `${name} is the only preset of this market`,
    size: (key: number, size: string) => `SIZE ${key}: ${size}`,
    preset: (name: string, size: string) => `PRESET ${name}: size ${size}`,
    market: (name: string) => `MARKET ${name}`,
    oneMarket: (name: string) => `${name} is the only market; pick another one to add it`,
    timeFrame: (name: string) => `TIME FRAME ${name}`,
    layout: (name: string) => `LAYOUT ${name}`,
    marked: (row: string) => `MARKED ${row}`,
    nothingToMark: 'nothing to mark: no position and no working order',
    redrawn: 'drawn anew',
    asked: (what: string) => `${what}: waits for the broker’s list`,
    lockedAlready: (lock: string) => `LOCKED: ${lock}; entries are refused until the broker’s next day, closing works`,
    disarmedByFocus: 'DISARMED: the window lost the focus; arm again to enter',
    wrongSentence: 'NOT ARMED: the sentence was not typed as it is',
    notArmed: 'NOT ARMED: left as it was',
    textMode:
      'the screen could not be drawn and is two lines of text now: closing works; entries were disarmed, and may be armed again',
    firstRun:
      'MADE-UP MONEY: the mock broker inside trades, as there are no settings yet; scalpdesk init goes on from here',
    remembered: (problem: string) => `what the screen remembered is begun anew: ${problem}`,
    redrawnAfterFault: (why: string) => `the screen was drawn anew after a fault: ${why}`,
    journalFailed: (why: string) => `the journal cannot be written: ${why}`,
    fault: (why: string) => `NOT DONE by a fault of the program (${why}); closing still works`,
    soundFailed: (why: string) => `sounds are off: ${why}`,
    notFollowed: (market: string, why: string) => `no prices of ${market}: ${why}`,
    tooLate: (seconds: string) => `NOT SENT: the key came ${seconds} s late; look, and press again`,
    placeChanged: 'NOT DONE: what the screen asked changed as the key was pressed; look, and press again',
    quietAway: (span: string) => `no screen for ${span}: nothing happened`,
    busyAway: (span: string, count: number, last: string) =>
      `no screen for ${span}: ${count === 1 ? 'one thing' : `${count} things`} happened, last ${last}`,
  },

  /** For the shell, when the screen is left. */
  left: {
    position: (what: string, stop: string | null) => `${what} (${stop === null ? 'NO STOP' : `stop ${stop}`})`,
    open: (what: string) => `left open at the broker: ${what}`,
    notSaid: 'the broker has not said that nothing is open: look at its platform',
    unknown: (orders: string) => `outcome not known of ${orders}: look at the broker’s platform`,
  },

  questions: {
    quit: 'Something may be open at the broker. Quit and leave it there? y / n',
    quitShort: 'Quit, leave what is open? y / n',
    lockDay: 'Lock the day? No entry until the broker’s next day, closing works. y / n',
    lockDayShort: 'Lock the day? y / n',
    acceptUnknown: (order: string) =>
      `Accept as unknown: ${order}? Entries go on; look at the broker’s platform first. y / n`,
    acceptUnknownShort: (id: string) => `Accept ${id} as unknown? y / n`,
    left: 'left as it was',
    /** What an order was for, where it names no side. */
    orders: { close: 'close', amend: 'change of a stop or limit', cancel: 'cancellation' },
  },

  verbs: {
    'close-position': 'close',
    'close-half': 'halve',
    'close-quarter': 'close a quarter of',
    breakeven: 'set to breakeven',
    'stop-up': 'move the stop of',
    'stop-down': 'move the stop of',
    'limit-up': 'move the limit of',
    'limit-down': 'move the limit of',
    'tighten-stop': 'tighten the stop of',
    'toggle-trailing': 'trail the stop of',
    'remove-limit': 'remove the limit of',
  },

  picker: {
    recent: 'recent',
    traded: 'traded here',
    watchlist: 'watchlist',
    searching: (text: string) => `searching for ${text}`,
    none: (text: string) => `no market has ${text} in its name`,
    asking: 'asking the broker for its dealing rules',
    waiting: (span: string) => `the broker’s allowance is short: asked again in ${span}`,
    failed: (why: string) => `the broker did not say: ${why}`,
    open: 'type a name; Enter trades it, Esc leaves',
    notTradable: (why: string) => `not traded: ${why}`,
    rules: {
      size: (least: string) => `size from ${least}`,
      stop: (least: string) => `stop from ${least}`,
      spread: (points: string) => `spread ${points}`,
      margin: (percent: string) => `margin ${percent}`,
      state: (state: string) => STATES[state] ?? state,
      points: (value: string) => (value === '1' ? '1 point' : `${value} points`),
      percent: (value: string) => `${value} %`,
    },
  },
}

const STATES: Readonly<Record<string, string>> = ENGLISH_SCREEN.quote.marketStates
