import { commodities } from './catalogue/commodities.ts'
import { crypto } from './catalogue/crypto.ts'
import { forex } from './catalogue/forex.ts'
import { indices } from './catalogue/indices.ts'
import { rates } from './catalogue/rates.ts'
import { shares } from './catalogue/shares.ts'
import { spreadBets } from './catalogue/spread-bets.ts'
import type { Market } from './market.ts'

/** The markets of the mock broker. Epics are in IG's style; contract sizes, rules, margins and rates are values of our own. */
export const markets: readonly Market[] = [
  ...forex,
  ...indices,
  ...commodities,
  ...crypto,
  ...shares,
  ...rates,
  ...spreadBets,
]
