import type { MarketsDocument } from '../../documents/documents.ts'
import { EXIT, ExitError } from '../../exit-status.ts'
import { answer } from '../answer.ts'
import { type CommonOptions, commandContext } from '../command-context.ts'
import { figure, named, orDash } from '../plain-value.ts'
import { table } from '../table.ts'
import { lookAt } from './look-at.ts'

/** Markets whose name has the text in it. */
export async function runMarkets(text: string, options: CommonOptions): Promise<number> {
  if (text.trim() === '') throw new ExitError(EXIT.usage, 'expected a part of a name to search for, but got nothing')
  const context = commandContext(options)
  const document = await lookAt(context, 'prices', async ({ ig, environment }): Promise<MarketsDocument> => {
    const found = await ig.markets.search(text)
    const markets = found.map(market => ({
      epic: market.epic,
      name: market.name,
      type: named(market.instrumentType),
      expiry: market.expiry,
      state: named(market.state),
      bid: figure(market.bid),
      offer: figure(market.offer),
      high: figure(market.high),
      low: figure(market.low),
      netChange: figure(market.netChange),
      percentageChange: figure(market.percentageChange),
      delayMinutes: market.delayMinutes,
      isStreamable: market.isStreamable,
    }))
    return { environment, text, markets }
  })
  const { markets } = document
  const rows = markets.map(({ epic, name, expiry, state, bid, offer, percentageChange }) => [
    epic,
    name,
    expiry,
    state,
    orDash(bid),
    orDash(offer),
    orDash(percentageChange),
  ])
  const lines = table(
    [
      { title: 'EPIC' },
      { title: 'NAME' },
      { title: 'EXPIRY' },
      { title: 'STATE' },
      { title: 'BID', side: 'right' },
      { title: 'OFFER', side: 'right' },
      { title: 'DAY %', side: 'right' },
    ],
    rows,
  )
  answer(context.asJson, document, rows.length > 0 ? lines : ['no market has that in its name'])
  return EXIT.done
}
