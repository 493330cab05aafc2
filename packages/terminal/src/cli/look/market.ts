import type { MarketDocument } from '../../documents/documents.ts'
import { EXIT } from '../../exit-status.ts'
import { answer } from '../answer.ts'
import { type CommonOptions, commandContext } from '../command-context.ts'
import { epicOf } from '../name-values.ts'
import { figure, named, orDash, rule } from '../plain-value.ts'
import { sheet } from '../table.ts'
import { lookAt } from './look-at.ts'

/** One market with its dealing rules. */
export async function runMarket(name: string, options: CommonOptions): Promise<number> {
  const epic = epicOf(name)
  const context = commandContext(options)
  const document = await lookAt(context, 'prices', async ({ ig, environment }): Promise<MarketDocument> => {
    const market = await ig.markets.get(epic)
    const { instrument, rules } = market
    return {
      environment,
      epic: market.epic,
      name: market.name,
      type: named(instrument.type),
      expiry: market.expiry,
      state: named(market.state),
      currency: market.currency,
      bid: figure(market.bid),
      offer: figure(market.offer),
      high: figure(market.high),
      low: figure(market.low),
      decimals: market.decimals,
      pointsPerUnit: market.pointsPerUnit,
      contractSize: market.contractSize.toFixed(),
      minSize: market.minSize.toFixed(),
      minStopDistance: plainRule(market.minStopDistance),
      maxStopDistance: plainRule(market.maxStopDistance),
      minGuaranteedStopDistance: plainRule(market.minGuaranteedStopDistance),
      minTrailingStep: rule(rules.minTrailingStep),
      marginFactor: rule(instrument.marginFactor),
      guaranteedStopPremium: rule(instrument.limitedRiskPremium),
      allowsMarketOrders: market.allowsMarketOrders,
      allowsGuaranteedStops: instrument.isGuaranteedStopAllowed,
      trailingStops: rules.trailingStops === null ? null : named(rules.trailingStops),
      openingHours: instrument.openingHours?.map(({ opensAt, closesAt }) => ({ opensAt, closesAt })) ?? null,
    }
  })
  answer(context.asJson, document, marketLines(document))
  return EXIT.done
}

type Rule = NonNullable<ReturnType<typeof rule>>

const plainRule = (value: Parameters<typeof rule>[0] & object): Rule => rule(value) ?? { unit: '', value: '0' }

function marketLines(market: MarketDocument): readonly string[] {
  const words = (value: Rule | null): string =>
    value ? `${value.value} ${value.unit === 'percentage' ? '%' : value.unit}` : '–'
  return sheet([
    ['epic', market.epic],
    ['name', market.name],
    ['kind', [market.type, market.expiry === '-' ? null : market.expiry].filter(part => part !== null).join(', ')],
    ['state', market.state],
    ['price', `${orDash(market.bid)} / ${orDash(market.offer)}, today ${orDash(market.low)} to ${orDash(market.high)}`],
    ['currency', market.currency],
    ['one contract', `${market.contractSize} ${market.currency} a unit of the level`],
    ['one point', `1/${market.pointsPerUnit} of a unit of the level`],
    ['smallest size', market.minSize],
    ['stop, limit', `${words(market.minStopDistance)} to ${words(market.maxStopDistance)} away`],
    [
      'guaranteed stop',
      market.allowsGuaranteedStops
        ? `${words(market.minGuaranteedStopDistance)} away at least, premium ${words(market.guaranteedStopPremium)}`
        : 'not here',
    ],
    ['trailing stop', `${market.trailingStops ?? 'not said'}, step ${words(market.minTrailingStep)} at least`],
    ['margin', words(market.marginFactor)],
    ['market orders', market.allowsMarketOrders ? 'yes' : 'no'],
    [
      'open',
      market.openingHours?.map(({ opensAt, closesAt }) => `${opensAt}–${closesAt}`).join(', ') ??
        'not said; see its state',
    ],
  ])
}
