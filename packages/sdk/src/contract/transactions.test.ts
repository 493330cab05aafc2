import { Decimal } from 'decimal.js'
import { describe, expect, it } from 'vitest'
import { epic } from '../ids.ts'
import { type Contract, DAX, EURUSD, START_MS, startContract } from '../testing/contract-broker.ts'
import { notExercised } from '../testing/contract-routes.ts'
import type { Transaction } from '../transaction.ts'

const DAY_MS = 86_400_000
const always = { fromMs: START_MS - DAY_MS } as const
const APPLE = epic('UA.D.AAPL.CASH.IP')
const one = new Decimal(1)

describe('transactions', () => {
  it('add up to what the balance changed by, to the cent', async () => {
    await using contract = await startContract()
    const { ig } = contract
    const before = await cash(contract)
    await tradeAllDay(contract)
    const rows = await Array.fromAsync(ig.history.transactions(always))
    expect(new Set(rows.map(row => row.type))).toEqual(new Set(['trade', 'withdrawal']))
    expect(rows.length).toBeGreaterThan(8)
    expect(sumOf(rows).toFixed(2)).toBe((await cash(contract)).minus(before).toFixed(2))
    expect(sumOf(rows).isZero()).toBe(false)
  })

  it('tell a trade with its levels, its sign and both instants', async () => {
    await using contract = await startContract()
    const { ig, broker, clock } = contract
    const terms = await contract.terms({ direction: 'SELL', size: new Decimal('1.5') })
    const [id] = (await contract.dealt(ig.positions.open(terms))).dealIds
    await contract.pass(90_000)
    broker.injectTick(EURUSD, '1.08000', '1.08006')
    if (id === undefined) throw new Error('expected a deal id')
    const closed = await contract.dealt(ig.positions.close({ dealId: id, direction: 'BUY', size: new Decimal('1.5') }))
    const [trade] = await Array.fromAsync(ig.history.transactions(always))
    expect(trade).toMatchObject({
      openedAtMs: START_MS,
      closedAtMs: Math.floor(clock.nowMs() / 1000) * 1000,
      date: '2026-06-17',
      instrumentName: 'EUR/USD',
      period: '-',
      type: 'trade',
      currencySymbol: 'E',
      isCash: false,
      reference: expect.stringMatching(/^\w{8}$/),
    })
    expect([trade?.openLevel, trade?.closeLevel, trade?.size].map(String)).toEqual(['1.08417', '1.08006', '-1.5'])
    // 41.1 points of 10 dollars and 1.5 contracts, at 1.08 dollars for a euro.
    expect(trade?.profitAndLoss.amount.toFixed()).toBe(new Decimal('616.5').div('1.08').toFixed(2))
    const outcome = closed.confirm?.outcome
    expect(outcome?.kind === 'accepted' && outcome.profit?.toFixed(1)).toBe('616.5')
  })

  it('read thousands, cents and losses as they are', async () => {
    await using contract = await startContract({ broker: { cash: '9000000' } })
    const { ig, broker } = contract
    const terms = await contract.terms({ size: new Decimal(30) })
    const [id] = (await contract.dealt(ig.positions.open(terms))).dealIds
    broker.injectTick(EURUSD, '1.04423', '1.04429')
    if (id === undefined) throw new Error('expected a deal id')
    await contract.dealt(ig.positions.close({ dealId: id, direction: 'SELL', size: new Decimal(30) }))
    const [trade] = await Array.fromAsync(ig.history.transactions(always))
    // 400 points of 10 dollars and 30 contracts.
    expect(trade?.profitAndLoss).toEqual({ symbol: 'E', amount: new Decimal('-111111.11') })
  })

  it('are chosen by their type', async () => {
    await using contract = await startContract()
    const { history } = contract.ig
    await tradeAllDay(contract)
    const read = async (type: 'all' | 'all-deal' | 'deposit' | 'withdrawal'): Promise<readonly Transaction[]> =>
      Array.fromAsync(history.transactions({ ...always, type }))
    const all = await read('all')
    expect(await read('all-deal')).toEqual(all.filter(row => row.type === 'trade'))
    expect(await read('withdrawal')).toEqual(all.filter(row => row.type === 'withdrawal'))
    expect(await read('deposit')).toEqual([])
  })

  it('of a day are those of the account’s own day, and charges of the night count to theirs', async () => {
    await using contract = await startContract()
    const { ig } = contract
    await tradeAllDay(contract)
    const all = await Array.fromAsync(ig.history.transactions(always))
    const first = await Array.fromAsync(ig.history.transactionsOn('2026-06-17'))
    const second = await Array.fromAsync(ig.history.transactionsOn('2026-06-18'))
    expect([...second, ...first]).toEqual(all)
    expect(second.length * first.length).toBeGreaterThan(0)
    expect(new Set(first.map(row => row.date))).toEqual(new Set(['2026-06-17']))
    expect(new Set(second.map(row => row.date))).toEqual(new Set(['2026-06-18']))
    expect(await Array.fromAsync(ig.history.transactionsOn('2026-06-16'))).toEqual([])
  })

  it('are the same in the older form, which has no instants', async () => {
    await using contract = await startContract()
    const { history } = contract.ig
    await tradeAllDay(contract)
    const all = await Array.fromAsync(history.transactions(always))
    const older = all.map(row => ({ ...row, closedAtMs: null, openedAtMs: null }))
    expect(await history.transactionsBetween('all', '2026-06-17', '2026-06-18')).toEqual(older)
    expect(await history.transactionsOfPeriod('all', 2 * DAY_MS)).toEqual(older)
    const trades = older.filter(row => row.type === 'trade')
    expect(await history.transactionsOfPeriod('all-deal', 2 * DAY_MS)).toEqual(trades)
    expect(await history.transactionsBetween('all', '2026-06-15', '2026-06-16')).toEqual([])
  })

  it('of ninety days add up to the balance, deposits included', async () => {
    await using contract = await startContract({ broker: { pastDays: 90 } })
    const { ig } = contract
    await tradeAllDay(contract)
    const rows = await Array.fromAsync(ig.history.transactions({ fromMs: START_MS - 120 * DAY_MS }))
    expect(rows.length).toBeGreaterThan(100)
    expect(new Set(rows.map(row => row.type))).toEqual(new Set(['trade', 'withdrawal', 'deposit']))
    expect(sumOf(rows).toFixed(2)).toBe((await cash(contract)).toFixed(2))
    expect(await ig.history.transactionsBetween('all', '2026-03-01', '2026-06-30')).toHaveLength(rows.length)
  })

  it('are many: every one of them once', async () => {
    await using contract = await startContract()
    const { ig } = contract
    const before = await cash(contract)
    const size = new Decimal('0.1')
    for (let count = 0; count < 40; count++) {
      await contract.dealt(ig.positions.open(await contract.terms({ size })))
      const market = await ig.markets.get(EURUSD)
      await contract.dealt(ig.positions.close({ market, direction: 'SELL', size }))
    }
    const rows = await Array.fromAsync(ig.history.transactions(always))
    expect(new Set(rows.map(row => row.reference)).size).toBe(40)
    expect(sumOf(rows).toFixed(2)).toBe((await cash(contract)).minus(before).toFixed(2))
  })
})

it('exercises every route of transactions', () => {
  expect(notExercised('transactions')).toEqual([])
})

/** Wins, losses, a commission, a guaranteed stop and its premium, a partial close, and the funding of a night. */
async function tradeAllDay(contract: Contract): Promise<void> {
  const { ig, broker } = contract
  broker.injectTick(APPLE, '214.27', '214.33')
  const [part] = (await contract.dealt(ig.positions.open(await contract.terms({ size: new Decimal(3) })))).dealIds
  await contract.dealt(ig.positions.open(await contract.terms({ epic: DAX, size: one })))
  const [share] = (await contract.dealt(ig.positions.open(await contract.terms({ epic: APPLE, size: new Decimal(7) }))))
    .dealIds
  const stop = { distancePoints: new Decimal(20), isGuaranteed: true }
  await contract.dealt(ig.positions.open({ ...(await contract.terms()), stop }))
  broker.injectTick(EURUSD, '1.08111', '1.08117')
  broker.injectTick(DAX, '18533.3', '18534.5')
  if (part === undefined || share === undefined) throw new Error('expected deal ids')
  await contract.dealt(ig.positions.close({ dealId: part, direction: 'SELL', size: one }))
  await contract.dealt(ig.positions.close({ dealId: share, direction: 'SELL', size: new Decimal(7) }))
  // Past 22:00 UTC, when a night is charged, and past midnight in the account's zone.
  await contract.pass(14 * 3_600_000)
  // The tokens have ended meanwhile: a read renews them, and an order would be rejected.
  await ig.positions.list()
  await contract.dealt(ig.positions.close({ dealId: part, direction: 'SELL', size: new Decimal(2) }))
}

function sumOf(rows: readonly Transaction[]): Decimal {
  return rows.reduce((sum, row) => sum.plus(row.profitAndLoss.amount), new Decimal(0))
}

async function cash({ ig }: Contract): Promise<Decimal> {
  const [account] = await ig.accounts.list()
  if (!account?.balance) throw new Error('expected the balance of the first account')
  return account.balance.cash
}
