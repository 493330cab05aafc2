import { type Random, seededRandom } from '@scalpdesk/mock-broker/engine'

/** What a strategy draws from: a source of its own, the same wherever it runs, so that it changes nothing of the market's. */
export const strategyRandom = (seed: number): Random => seededRandom(seed ^ 0x51ed270b)
