import { type Message, sentence } from '@scalpdesk/desk'

/** What the session says of itself, beside what the screen's catalogue has: in words that are final. */
export const ENGLISH_SESSION = {
  /** What the desk says. */
  desk: (message: Message) => sentence(message, 'en'),

  guard: {
    day: 'day',
    locked: (lock: Message) => `LOCKED: ${sentence(lock, 'en')}`,
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
    burstEntries: (chord: string) => `${chord} among many keys at once was ignored: not sent`,
    noPosition: (what: string) => `no position to ${what}: none is marked`,
    noOrder: 'no working order to cancel: none is marked',
    noOrders: (market: string) => `no working order to cancel in ${market}`,
    noForeign: 'nothing to take over: no position or order from elsewhere is marked',
    noUnknown: 'nothing to accept: no order is unknown',
    stillChecking: 'nothing to accept yet: the outcome is still being asked for',
    noStopToTrail: 'no stop to trail, and the preset has none: nothing changed',
    noLeg: (leg: string) => `it has no ${leg} to move: nothing changed`,
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
    lockedAlready: (lock: Message) =>
      `LOCKED: ${sentence(lock, 'en')}; entries are refused until the broker’s next day, closing works`,
    disarmedByFocus: 'DISARMED: the window lost the focus; arm again to enter',
    wrongSentence: 'NOT ARMED: the sentence was not typed as it is',
    notArmed: 'NOT ARMED: left as it was',
    textMode:
      'the screen could not be drawn and is two lines of text now: closing works; entries were disarmed, and may be armed again',
    firstRun:
      'MADE-UP MONEY: the mock broker inside trades, as there are no settings yet; scalpdesk init goes on from here',
    remembered: (problem: string) => `what the screen remembered is begun anew: ${problem}`,
    fault: (why: string) => `NOT DONE by a fault of the program (${why}); closing still works`,
    soundFailed: (why: string) => `sounds are off: ${why}`,
    notFollowed: (market: string, why: string) => `no prices of ${market}: ${why}`,
    tooLate: (seconds: string) => `NOT SENT: the key came ${seconds} s late; look, and press again`,
    placeChanged: 'NOT DONE: what the screen asked changed as the key was pressed; look, and press again',
    quietAway: (span: string) => `no screen for ${span}: nothing happened`,
    busyAway: (span: string, count: number, last: string) =>
      `no screen for ${span}: ${count === 1 ? 'one thing' : `${count} things`} happened, last ${last}`,
  },

  questions: {
    lockDay: 'Lock the day? No entry until the broker’s next day, closing works. y / n',
    acceptUnknown: (order: string) =>
      `Accept as unknown: ${order}? Entries go on; look at the broker’s platform first. y / n`,
    left: 'left as it was',
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
      state: (state: string) => state,
      points: (value: string) => `${value} points`,
      percent: (value: string) => `${value} %`,
    },
  },
}

export type SessionWords = typeof ENGLISH_SESSION
