/** What the key trainer says, on its screen, as lines and after it. Figures come in as final texts; a count comes in as a number, for its plural. */
export const ENGLISH_TRAINING = {
  /** What is asked, one glance long. */
  drills: { buy: 'BUY', sell: 'SELL', flatten: 'FLAT', 'close-half': 'HALF', breakeven: 'STOP TO BREAKEVEN' },
  title: 'TRAINING',
  nothingSent: 'nothing is sent',
  place: (drill: number, drills: number) => `${drill} of ${drills}`,
  madeUp: (market: string) => `${market}, made up`,
  ends: 'q ends it',
  over: 'done',
  unheard: '(this terminal does not tell modifiers by themselves)',

  hit: (asked: string, time: string, key: string) => `${asked}: ${time} (${key})`,
  wrongSide: (asked: string, key: string, does: string) => `WRONG SIDE: ${asked} was asked, ${key} is ${does}`,
  otherKey: (asked: string, key: string, does: string) => `OTHER KEY: ${asked} was asked, ${key} is ${does}`,
  missed: (asked: string) => `MISSED: ${asked}`,

  milliseconds: (count: number) => `${count} ms`,
  percent: (count: number) => `${count} %`,
  score: {
    hits: (drills: number, hits: number) =>
      `${drills} ${drills === 1 ? 'drill' : 'drills'}, ${hits} ${hits === 1 ? 'hit' : 'hits'}`,
    times: (p50: string, p95: string) => `p50 ${p50}, p95 ${p95}`,
    few: (hits: number) => `(few: ${hits} ${hits === 1 ? 'hit' : 'hits'})`,
    noSide: 'no side was chosen',
    wrongSides: (wrong: number, sides: number) => `wrong side ${wrong} of ${sides}`,
    wrongRate: (rate: string) => `wrong side ${rate}`,
    otherKeys: (count: number) => `other key ${count}`,
    missed: (count: number) => `missed ${count}`,
    early: (count: number) => `pressed too early ${count}`,
  },
  result: (what: string, score: string) => `${what}: ${score}`,
  mistakes: (list: string) => `mistakes: ${list}`,
  mistake: (asked: string, pressed: string, key: string) => `${asked} asked, ${pressed} pressed (${key})`,

  noHistory: 'no training yet; scalpdesk train begins one',
  unreadable: (lines: number) =>
    lines === 1
      ? '1 line of training.ndjson is no run and was left out'
      : `${lines} lines of training.ndjson are no runs and were left out`,
  progress: (first: number, last: number) =>
    `progress, the first ${first} ${first === 1 ? 'run' : 'runs'} → the last ${last}:`,
  change: (before: string, since: string) => `${before} → ${since}`,

  maps: 'keys for the two sides, over all runs:',
  hands: { letters: 'letters', 'bare modifiers': 'bare modifiers', arrows: 'arrows' },
  map: (profile: string, hands: string) => `${profile}, ${hands}`,
  confidence: (low: string, high: string) => `(${low} to ${high} with 95 % confidence)`,
  best: {
    alone: 'only one was tried',
    tooFew: (list: string) => `too few answers to say which is best: ${list}`,
    answers: (map: string, sides: number, least: number) => `${map} ${sides} of ${least}`,
    ahead: (map: string) => `no difference that these numbers prove; ${map} is ahead`,
    bySpeed: (map: string) => `best: ${map}, by its speed; wrong sides cannot be told apart`,
    byWrongSides: (map: string) => `best: ${map}, by its fewer wrong sides`,
  },

  nothingKept: 'no drill was answered: nothing is kept',
  kept: (file: string, seed: number) => `kept in ${file}; seed ${seed}`,
}
