import type { Candle, Resolution } from '@scalpdesk/sdk'
import type { PricesDocument } from '../../documents/documents.ts'
import { EXIT } from '../../exit-status.ts'
import { answer } from '../answer.ts'
import { type CommonOptions, commandContext } from '../command-context.ts'
import { epicOf } from '../name-values.ts'
import { figure, isoTime, orDash } from '../plain-value.ts'
import { table } from '../table.ts'
import { lookAt } from './look-at.ts'

export interface PricesOptions extends CommonOptions {
  readonly resolution: Resolution
  readonly points: number
}

/** The latest candles, oldest first. */
export async function runPrices(name: string, options: PricesOptions): Promise<number> {
  const epic = epicOf(name)
  const { resolution, points } = options
  const context = commandContext(options)
  const document = await lookAt(context, 'prices', async ({ ig, environment }): Promise<PricesDocument> => {
    const { candles, allowance } = await ig.prices.latest({ epic, resolution, latest: points })
    return { environment, epic, resolution, candles: candles.map(candleView), allowance: allowance && { ...allowance } }
  })
  const rows = document.candles.map(({ at, localTime, open, high, low, close, ticks }) => [
    at?.replace(/\.000Z$/, 'Z') ?? localTime,
    ...[open, high, low, close].map(({ bid }) => orDash(bid)),
    orDash(close.offer),
    ticks === null ? '–' : String(ticks),
  ])
  const titles = ['OPEN', 'HIGH', 'LOW', 'CLOSE', 'CLOSE OFFER', 'TICKS']
  const lines = table([{ title: 'TIME' }, ...titles.map(title => ({ title, side: 'right' as const }))], rows)
  answer(context.asJson, document, rows.length > 0 ? lines : ['the broker has no candles of it'])
  return EXIT.done
}

function candleView({ atMs, localTime, open, high, low, close, ticks }: Candle): PricesDocument['candles'][number] {
  return {
    at: isoTime(atMs),
    localTime,
    open: priceView(open),
    high: priceView(high),
    low: priceView(low),
    close: priceView(close),
    ticks,
  }
}

function priceView({ bid, offer, lastTraded }: Candle['open']): PricesDocument['candles'][number]['open'] {
  return { bid: figure(bid), offer: figure(offer), lastTraded: figure(lastTraded) }
}
