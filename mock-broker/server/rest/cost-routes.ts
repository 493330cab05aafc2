import type { CloseCostsJson, CostHistoryJson, CostPartJson, EditCostsJson, OpenCostsJson } from '@scalpdesk/wire'
import type { Decimal } from 'decimal.js'
import { contractUnits, convert, isCurrency } from '../../engine/index.ts'
import type { CostQuote } from '../cost-quotes.ts'
import { pdfDocument } from '../pdf-document.ts'
import { wireDate } from '../wire-date.ts'
import { type Answer, ok, RestRefusal } from './answer.ts'
import { bodyFields } from './body-fields.ts'
import { wholeNumber } from './query-fields.ts'
import type { RestBroker } from './rest-broker.ts'
import type { SignedInRequest } from './rest-request.ts'

/** POST /indicativecostsandcharges/open, version 1 (IG Labs, REST API reference, "Costs and charges"). */
export function openCosts(request: SignedInRequest, broker: RestBroker): Answer {
  const { part, currency, halfSpread } = quoteCosts('OPEN', request, broker)
  const answer: OpenCostsJson = {
    ...part,
    currencyCodeISO: currency,
    openingSpread: halfSpread,
    openingCommission: part.closingCommission,
    openingFxFee: 0,
    openingIFTT: 0,
    overnightFundingFee: 0,
    borrowingCharge: 0,
    dailyRunningFxFee: 0,
    guaranteedStopDeposit: 0,
    knockoutPremiumDeposit: 0,
    etpEntryCost: 0,
    etpOngoingCost: 0,
    inducements: 0,
  }
  return ok(answer)
}

/** POST /indicativecostsandcharges/close, version 1. */
export function closeCosts(request: SignedInRequest, broker: RestBroker): Answer {
  const { part, currency } = quoteCosts('CLOSE', request, broker)
  const answer: CloseCostsJson = { currencyCodeISO: currency, close: part }
  return ok(answer)
}

/** POST /indicativecostsandcharges/edit, version 1. */
export function editCosts(request: SignedInRequest, broker: RestBroker): Answer {
  const { part, currency } = quoteCosts('EDIT', request, broker)
  const answer: EditCostsJson = { currencyCodeISO: currency, limit: part, stop: part }
  return ok(answer)
}

/** GET /indicativecostsandcharges/durablemedium/{indicativeQuoteReference}, version 1: a PDF. */
export function costDocument({ parameters, login }: SignedInRequest, { costs }: RestBroker): Answer {
  const quote = costs.find(login.accountId, parameters[0] ?? '')
  if (!quote) throw new RestRefusal(404, 'public-api.costs-and-charges.indicative-quote-reference-not-found')
  const lines = [
    'Indicative costs and charges',
    `Quote ${quote.reference} of ${wireDate.iso(quote.atMs)}`,
    `Notional value ${quote.notional.toFixed(2)} ${quote.currency}`,
  ]
  return { kind: 'file', contentType: 'application/pdf', bytes: pdfDocument(lines) }
}

/** GET /indicativecostsandcharges/history/from/{from}/to/{to}, version 1. Which page is the first is not said: 1 here. */
export function listCosts({ parameters, query, login }: SignedInRequest, { costs }: RestBroker): Answer {
  const [fromMs = Number.NaN, toMs = Number.NaN] = parameters.map(text => Date.parse(text.replace(' ', '+')))
  if (Number.isNaN(fromMs) || Number.isNaN(toMs))
    throw new RestRefusal(400, 'public-api.costs-and-charges.client-error')
  const pageSize = Math.max(1, wholeNumber(query, 'pageSize', 20))
  const pageNumber = Math.max(1, wholeNumber(query, 'pageNumber', 1))
  const type = query.get('type')
  const found = costs
    .of(login.accountId)
    .filter(quote => quote.atMs >= fromMs && quote.atMs <= toMs && (type === null || quote.type === type))
  const answer: CostHistoryJson = {
    costsAndChargesHistory: found.slice((pageNumber - 1) * pageSize, pageNumber * pageSize).map(quote => ({
      createdTimestamp: wireDate.isoWithMs(quote.atMs),
      direction: quote.direction,
      indicativeQuoteReference: quote.reference,
      instrumentName: quote.instrumentName,
      type: quote.type,
    })),
    pagination: {
      pageNumber,
      pageSize,
      totalElements: found.length,
      totalPages: Math.ceil(found.length / pageSize),
    },
  }
  return ok(answer)
}

/** Half the spread on each side and the market's commission; IG's other charges are not modelled and stand at 0. */
function quoteCosts(
  type: CostQuote['type'],
  { body, login }: SignedInRequest,
  { state, costs, clock }: RestBroker,
): { readonly part: CostPartJson; readonly currency: string; readonly halfSpread: number } {
  const fields = bodyFields(body)
  const needed = ['ask', 'bid', 'dealCurrencyCode', 'dealReference', 'size']
  fields.requireAll(type === 'OPEN' ? needed : [...needed, 'openingLevel'])
  const currency = fields.text('dealCurrencyCode') ?? ''
  const [ask, bid, size] = [fields.number('ask')!, fields.number('bid')!, fields.number('size')!]
  if (!isCurrency(currency) || ask.lt(bid) || size.lte(0)) {
    throw new RestRefusal(400, 'public-api.costs-and-charges.client-error')
  }
  const market = state.engine.book(fields.text('epic') ?? '')?.market
  const units = size.times(market ? contractUnits(market) : 1)
  const notional = ask.plus(bid).div(2).times(units)
  const cents = (amount: Decimal): number => Number(amount.toFixed(2))
  const own = state.engine.terms(login.accountId).currency
  const quote = costs.add({
    account: login.accountId,
    atMs: clock.nowMs(),
    type,
    direction: fields.oneOf('direction', ['BUY', 'SELL']),
    instrumentName: market?.name ?? null,
    notional: cents(notional),
    currency,
  })
  const halfSpread = cents(ask.minus(bid).div(2).times(units))
  return {
    currency,
    halfSpread,
    part: {
      indicativeQuoteReference: quote.reference,
      notionalValue: cents(notional),
      notionalValueInUserCurrency: convert(notional, currency, own).toNumber(),
      closingSpread: halfSpread,
      closingCommission: cents(notional.times(market?.commissionPercent ?? 0).div(100)),
      closingFxFee: 0,
      closingIFTT: 0,
      etpExitCost: 0,
      guaranteedStopReturn: 0,
      knockoutPremiumReturn: 0,
    },
  }
}
