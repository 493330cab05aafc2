import { Decimal } from 'decimal.js'
import { describe, expect, it } from 'vitest'
import { accountId, type DealId, dealId, epic } from '../ids.ts'
import type { OpenTerms, StopLeg } from '../order.ts'
import { explainReason } from '../rejection-reasons.ts'
import type { Sent } from '../submission.ts'
import { type Contract, type ContractOptions, DAX, EURUSD, startContract } from '../testing/contract-broker.ts'

/** What is sent, after what, and in which circumstances. */
interface Case extends ContractOptions {
  readonly reason: string
  readonly before?: (contract: Contract) => unknown
  readonly send: (contract: Contract) => Promise<Sent>
}

type Changes = Partial<Omit<OpenTerms, 'market'>> & { readonly epic?: string; readonly stop?: StopLeg }

const size = (text: string) => ({ size: new Decimal(text) })
const points = (text: string) => ({ distancePoints: new Decimal(text) })
const guaranteed = { stop: { ...points('10'), isGuaranteed: true } }

const open =
  ({ epic: name = EURUSD, stop, ...changes }: Changes = {}) =>
  async ({ ig, terms }: Contract): Promise<Sent> => {
    const order = await terms({ ...changes, epic: epic(name) })
    return ig.positions.open(stop === undefined ? order : { ...order, stop })
  }
const dealt =
  (changes?: Changes) =>
  (contract: Contract): Promise<unknown> =>
    contract.dealt(open(changes)(contract))
const quoted =
  (name: string, bid: string, offer: string) =>
  ({ broker }: Contract): void =>
    broker.injectTick(name, bid, offer)
const inCurrency =
  (currency: string, changes: Changes = {}) =>
  async ({ ig, terms }: Contract): Promise<Sent> => {
    const { market, ...order } = await terms({ ...changes, epic: epic(changes.epic ?? EURUSD) })
    return ig.positions.open({ ...order, market: { ...market, currency }, isNetting: true })
  }

const NOSUCH = dealId('DIAAAANOSUCHDEA')
const GAMESTOP = 'UC.D.GME.CASH.IP'
const FTSE_BET = 'IX.D.FTSE.DAILY.IP'
const BETTING: ContractOptions = { connect: { accountId: accountId('MOCK2') } }
const LIMITED_RISK: ContractOptions = { connect: { accountId: accountId('MOCK3') } }
const RICH: ContractOptions = { broker: { cash: '9000000' } }

async function betBefore(contract: Contract): Promise<void> {
  contract.broker.injectTick(FTSE_BET, '8210.0', '8211.0')
  await contract.dealt(open({ epic: FTSE_BET })(contract))
}

async function heldDeal({ ig }: Contract): Promise<DealId> {
  const [position] = await ig.positions.list()
  if (position === undefined) throw new Error('expected an open position')
  return position.dealId
}

/** Reasons of IG Labs, REST API reference, "Positions", GET /confirms: those that a request alone can bring about. */
const CASES: readonly Case[] = [
  { reason: 'MINIMUM_ORDER_SIZE_ERROR', send: open(size('0.05')) },
  { reason: 'SIZE_INCREMENT', send: open(size('1.005')) },
  { reason: 'MAX_AUTO_SIZE_EXCEEDED', send: open(size('500.01')), ...RICH },
  { reason: 'INSUFFICIENT_FUNDS', send: open(size('30')) },
  { reason: 'OVER_NORMAL_MARKET_SIZE', send: open({ ...size('201'), ...guaranteed }), ...RICH },
  { reason: 'FINANCE_REPEAT_DEALING', before: dealt(size('300')), send: open(size('201')), ...RICH },
  { reason: 'LEVEL_TOLERANCE_ERROR', send: open(), broker: { conditions: { requoteChance: 1 } } },

  { reason: 'ATTACHED_ORDER_LEVEL_ERROR', send: open({ stop: points('1') }) },
  {
    reason: 'ATTACHED_ORDER_TRAILING_STOP_ERROR',
    send: open({ stop: { ...points('10'), stepPoints: new Decimal('0.1') } }),
  },
  {
    reason: 'STOP_OR_LIMIT_NOT_ALLOWED',
    before: quoted('KA.D.VOD.CASH.IP', '69.80', '69.88'),
    send: open({ epic: 'KA.D.VOD.CASH.IP', stop: points('20') }),
  },
  {
    reason: 'TRAILING_STOP_NOT_ALLOWED',
    before: quoted(GAMESTOP, '26.10', '26.22'),
    send: open({ epic: GAMESTOP, stop: { ...points('30'), stepPoints: new Decimal(10) } }),
  },
  { reason: 'STOP_REQUIRED_ERROR', send: open(), ...LIMITED_RISK },
  { reason: 'NCR_POSITIONS_ON_CR_ACCOUNT', send: open({ stop: points('10') }), ...LIMITED_RISK },
  {
    reason: 'CANNOT_REMOVE_STOP',
    before: dealt(guaranteed),
    send: async contract =>
      contract.ig.positions.amend({ dealId: await heldDeal(contract), stopLevel: null, limitLevel: null }),
    ...LIMITED_RISK,
  },

  {
    reason: 'MARKET_NOT_BORROWABLE',
    before: quoted(GAMESTOP, '26.10', '26.22'),
    send: open({ epic: GAMESTOP, direction: 'SELL' }),
  },
  {
    reason: 'MARKET_CLOSING',
    before: quoted('CC.D.NG.USS.IP', '2718.0', '2722.0'),
    send: open({ epic: 'CC.D.NG.USS.IP' }),
  },
  {
    reason: 'MARKET_ROLLED',
    before: quoted('CO.D.W.Month1.IP', '612.0', '612.8'),
    send: open({ epic: 'CO.D.W.Month1.IP' }),
  },
  {
    reason: 'MARKET_PHONE_ONLY',
    before: quoted('IR.D.10YEAR100.Month1.IP', '110.40', '110.42'),
    send: open({ epic: 'IR.D.10YEAR100.Month1.IP' }),
  },
  {
    reason: 'MARKET_UNAVAILABLE_TO_CLIENT',
    before: quoted('CC.D.VIX.USS.IP', '14.60', '14.72'),
    send: open({ epic: 'CC.D.VIX.USS.IP' }),
  },
  { reason: 'MARKET_CLOSED', before: ({ broker }) => broker.faults.closeMarket(EURUSD), send: open() },
  { reason: 'MARKET_OFFLINE', before: ({ broker }) => broker.faults.nullPrices(EURUSD), send: open() },

  { reason: 'REJECT_CFD_ORDER_ON_SPREADBET_ACCOUNT', send: open(), ...BETTING },
  {
    reason: 'REJECT_SPREADBET_ORDER_ON_CFD_ACCOUNT',
    before: quoted(FTSE_BET, '8210.0', '8211.0'),
    send: open({ epic: FTSE_BET }),
  },
  { reason: 'INSTRUMENT_NOT_TRADEABLE_IN_THIS_CURRENCY', send: inCurrency('GBP') },
  { reason: 'CONTACT_SUPPORT_INSTRUMENT_ERROR', send: inCurrency('XYZ') },
  {
    reason: 'POSITION_ALREADY_EXISTS_IN_OPPOSITE_DIRECTION',
    before: betBefore,
    send: inCurrency('EUR', { epic: FTSE_BET, direction: 'SELL' }),
    ...BETTING,
  },
  {
    reason: 'OPPOSING_POSITIONS_NOT_ALLOWED',
    before: betBefore,
    send: open({ epic: FTSE_BET, direction: 'SELL' }),
    ...BETTING,
  },
  {
    reason: 'OPPOSING_DIRECTION_ORDERS_NOT_ALLOWED',
    before: dealt(guaranteed),
    send: open({ direction: 'SELL', ...guaranteed }),
  },
  {
    reason: 'ORDER_DECLINED',
    send: async ({ ig, terms }) =>
      ig.positions.open({ ...(await terms()), kind: 'quote', level: new Decimal('1.08423'), quoteId: 'Q' }),
  },

  {
    reason: 'POSITION_NOT_FOUND',
    send: ({ ig }) => ig.positions.close({ dealId: NOSUCH, direction: 'SELL', ...size('1') }),
  },
  {
    reason: 'POSITION_NOT_AVAILABLE_TO_CLOSE',
    before: dealt(),
    send: async contract =>
      contract.ig.positions.close({ dealId: await heldDeal(contract), direction: 'SELL', ...size('2') }),
  },
  {
    reason: 'WRONG_SIDE_OF_MARKET',
    before: dealt(),
    send: async contract =>
      contract.ig.positions.close({ dealId: await heldDeal(contract), direction: 'BUY', ...size('1') }),
  },
  { reason: 'ORDER_NOT_FOUND', send: ({ ig }) => ig.orders.cancel(NOSUCH) },
]

describe('what IG does not deal', () => {
  it.each(CASES)(
    'is rejected with $reason, in words, and changes nothing',
    async ({ reason, before, send, ...options }) => {
      await using contract = await startContract(options)
      const { broker } = contract
      await before?.(contract)
      const held = broker.positions()
      const asked = broker.dealingRequests().length
      expect(await contract.settled(send(contract))).toMatchObject({ kind: 'rejected', stage: 'dealing', reason })
      expect(explainReason(reason)).toMatch(/\w+ \w+/)
      expect(broker.positions()).toEqual(held)
      expect(broker.dealingRequests()).toHaveLength(asked + 1)
    },
  )

  it('because it was sent before deals once, and the outcome is that of the first', async () => {
    await using contract = await startContract()
    const { ig, broker } = contract
    const order = await contract.terms()
    const first = await contract.dealt(ig.positions.open(order))
    expect(await contract.settled(ig.positions.open(order))).toMatchObject({ kind: 'accepted', dealIds: first.dealIds })
    expect([broker.positions().length, broker.orders().length]).toEqual([1, 2])
  })
})

describe('what IG refuses at the door', () => {
  it.each<[string, (contract: Contract) => Promise<Sent>, string]>([
    [
      'a market that there is none of',
      async ({ ig, terms }) => {
        const { market, ...order } = await terms()
        return ig.positions.open({ ...order, market: { ...market, epic: epic('CS.D.NOPE.CFD.IP') } })
      },
      'error.trading.otc.instrument-not-found',
    ],
    [
      'a market order where there are none',
      open({ epic: 'IX.D.SUNDOW.IGI.IP' }),
      'error.trading.otc.market-orders.not-supported-for-epic',
    ],
  ])('%s is rejected with its code', async (_what, send, reason) => {
    await using contract = await startContract()
    const settlement = await contract.settled(send(contract))
    expect(settlement).toMatchObject({ kind: 'rejected', stage: 'request', reason })
    expect(contract.broker.positions()).toEqual([])
  })
})

describe('what cannot be an order', () => {
  it.each(['0', '-1', 'NaN', 'Infinity', '0.1234567890123'])('of the size %s is unsent', async text => {
    await using contract = await startContract()
    const sent = await open({ epic: DAX, ...size(text) })(contract)
    expect(sent).toMatchObject({ kind: 'unsent', cause: { name: 'InvalidInputError' } })
    expect(await contract.settled(sent)).toMatchObject({ kind: 'unsent' })
    expect(contract.broker.dealingRequests()).toEqual([])
  })
})
