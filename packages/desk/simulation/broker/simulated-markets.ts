import { type Epic, epic, type Market } from '@scalpdesk/sdk'
import { shownMarket } from '../../../bots/src/engine-broker/index.ts'
import type { Exchange } from './exchange.ts'

/** One market of each kind that matters: one in a currency of its own, one in the account's, one with a commission. */
export const EURUSD: Epic = epic('CS.D.EURUSD.MINI.IP')
export const FRANCE_40: Epic = epic('IX.D.CAC.IMF.IP')
export const SAP: Epic = epic('ED.D.SAP.CASH.IP')
export const EPICS: readonly [Epic, Epic, Epic] = [EURUSD, FRANCE_40, SAP]

/** As the desk would be told of a market. */
export function marketOf(exchange: Exchange, name: Epic): Market {
  return shownMarket(exchange.book(name))
}
