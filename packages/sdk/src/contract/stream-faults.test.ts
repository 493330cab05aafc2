import { Decimal } from 'decimal.js'
import { describe, expect, it } from 'vitest'
import type { AccountFigures } from '../account.ts'
import type { Heartbeat } from '../heartbeat.ts'
import type { DealReference } from '../ids.ts'
import type { Quote } from '../quote.ts'
import { type Contract, EURUSD, startContract } from '../testing/contract-broker.ts'
import type { TradeEvent } from '../trade-event.ts'

async function started() {
  const contract = await startContract()
  const { ig } = contract
  const statuses: string[] = []
  const quotes: Quote[] = []
  const trades: TradeEvent[] = []
  const figures: AccountFigures[] = []
  const beats: Heartbeat[] = []
  ig.stream.onStatus(status => statuses.push(status.kind === 'live' ? status.continuity : status.kind))
  ig.stream.prices([await ig.markets.get(EURUSD)], quote => quotes.push(quote))
  ig.stream.trades(event => trades.push(event))
  ig.stream.account(each => figures.push(each))
  ig.stream.heartbeat(beat => beats.push(beat))
  await contract.comes('all of them', () => [quotes, trades, figures, beats].every(each => each.length > 0))
  return { contract, statuses, quotes, trades, figures, beats }
}

/** An order sent and dealt; its events may not have come yet. */
async function deal(contract: Contract): Promise<DealReference> {
  const sent = await contract.ig.positions.open(await contract.terms())
  if (sent.kind !== 'acknowledged') throw new Error(`expected an acknowledgement, but got ${sent.kind}`)
  return sent.reference
}

describe('a connection that breaks', () => {
  it('and is recovered costs no trade event, none comes twice, and no price goes', async () => {
    const { contract, statuses, quotes, trades, figures, beats } = await started()
    await using _ = contract
    const terms = await contract.terms()
    const references: string[] = []
    for (let round = 0; round < 5; round++) {
      contract.broker.faults.dropStream()
      const sent = await contract.ig.positions.open({ ...terms, reference: contract.reference() })
      references.push(sent.request.reference ?? '')
      await contract.comes('the recovery', () => statuses.filter(kind => kind === 'recovered').length > round)
    }
    const confirmed = () => trades.flatMap(event => (event.kind === 'confirm' ? [event.confirm.reference] : []))
    await contract.comes('the confirms', () => confirmed().length >= 5)
    await contract.comes('the positions', () => trades.filter(event => event.kind === 'position').length >= 5)
    expect(confirmed()).toEqual(references)
    expect(trades.filter(event => event.kind === 'position')).toHaveLength(5)
    expect(trades.filter(event => event.kind === 'unreadable')).toEqual([])
    expect(trades.filter(event => event.kind === 'feed' && event.state === 'interrupted')).toEqual([])
    expect(statuses).not.toContain('replaced')
    expect([...quotes, ...beats].every(each => each.gap === null)).toBe(true)
    expect(figures.every(each => each.funds !== null)).toBe(true)
  })

  it('and cannot be recovered: every stream says so, then tells its state anew', async () => {
    const { contract, statuses, quotes, trades, figures, beats } = await started()
    await using _ = contract
    const { broker, ig } = contract
    broker.faults.dropStream()
    const reference = await deal(contract)
    broker.injectTick(EURUSD, '1.08499', '1.08505')
    broker.faults.forgetStream()
    await contract.comes('another session', () => statuses.includes('replaced'))
    await contract.comes('a price', () => quotes.at(-1)?.session === 2 && quotes.at(-1)?.bidUnits === 108_499)
    const gap = quotes.find(quote => quote.gap !== null)
    expect(gap).toMatchObject({ bid: null, offer: null, gap: { kind: 'lost' }, session: 1 })
    expect(quotes.at(-1)).toMatchObject({ isSnapshot: true, gap: null, state: 'tradeable' })
    await contract.comes('the feed', () => trades.at(-1)?.kind === 'feed')
    const feed = trades.flatMap(event => (event.kind === 'feed' ? [event.state] : []))
    expect(feed).toEqual(['listening', 'interrupted', 'listening'])
    await contract.comes('figures', () => figures.at(-1)?.deposit?.gt(0))
    expect(figures.some(each => each.funds === null)).toBe(true)
    await contract.comes('a beat', () => beats.at(-1)?.gap === null)
    expect(beats.some(beat => beat.gap?.kind === 'lost')).toBe(true)
    // What happened meanwhile is found by asking.
    expect(trades.some(event => event.kind === 'confirm' && event.confirm.reference === reference)).toBe(false)
    expect((await ig.positions.list())[0]?.dealReference).toBe(reference)
  })

  it('in the middle of a line: what the line would have said comes all the same', async () => {
    const { contract, statuses, quotes, trades } = await started()
    await using _ = contract
    contract.broker.faults.halfLine()
    const reference = await deal(contract)
    contract.broker.injectTick(EURUSD, '1.08499', '1.08505')
    await contract.comes('the confirm', () =>
      trades.find(event => event.kind === 'confirm' && event.confirm.reference === reference),
    )
    await contract.comes('the price', () => quotes.at(-1)?.bidUnits === 108_499)
    expect(statuses).toContain('recovered')
    expect(statuses).not.toContain('replaced')
  })

  it('without a word: it is stalled, then given up, and nothing is lost', async () => {
    const { contract, statuses, quotes, trades } = await started()
    await using _ = contract
    contract.broker.faults.goSilent()
    const reference = await deal(contract)
    contract.broker.injectTick(EURUSD, '1.08499', '1.08505')
    await contract.comes('an end of patience', () => contract.ig.stream.health.status.kind !== 'live')
    expect(statuses).toContain('stalled')
    contract.broker.faults.speak()
    await contract.comes('the confirm', () =>
      trades.find(event => event.kind === 'confirm' && event.confirm.reference === reference),
    )
    await contract.comes('the price', () => quotes.at(-1)?.bidUnits === 108_499)
    expect(contract.ig.stream.health.status.kind).toBe('live')
    expect(statuses).not.toContain('replaced')
  })

  it('because the broker asked for another one: nothing is to be seen of it but the status', async () => {
    const { contract, statuses, quotes, trades } = await started()
    await using _ = contract
    contract.broker.faults.loopStream()
    await contract.comes('the other one', () => statuses.includes('preserved'))
    contract.broker.injectTick(EURUSD, '1.08499', '1.08505')
    await contract.comes('the price', () => quotes.at(-1)?.bidUnits === 108_499)
    expect(quotes.every(quote => quote.gap === null)).toBe(true)
    expect(trades.every(event => event.kind === 'feed' && event.state === 'listening')).toBe(true)
  })
})

describe('a row that nobody can read', () => {
  it('of a price costs the present one, which is told, and not the session', async () => {
    await using contract = await startContract()
    const { broker, ig } = contract
    const quotes: Quote[] = []
    ig.stream.prices([await ig.markets.get(EURUSD)], quote => quotes.push(quote))
    await contract.comes('a price', () => quotes.length > 0)
    broker.faults.badRow()
    broker.injectTick(EURUSD, '1.08499', '1.08505')
    await contract.comes('the price', () => quotes.at(-1)?.bidUnits === 108_499)
    expect(quotes.map(({ bidUnits, gap, isSnapshot, session }) => [bidUnits, gap?.kind, isSnapshot, session])).toEqual([
      [108_417, undefined, true, 1],
      [null, 'lost', false, 1],
      [null, 'interrupted', false, 1],
      [108_499, undefined, true, 1],
    ])
  })

  it('of trades: events may be missing, which is told, and those after it come', async () => {
    await using contract = await startContract()
    const { broker, ig } = contract
    const trades: TradeEvent[] = []
    const feed = () => trades.flatMap(event => (event.kind === 'feed' ? [event.state] : []))
    ig.stream.trades(event => trades.push(event))
    await contract.comes('the feed', () => feed().at(-1) === 'listening')
    broker.faults.badRow()
    const missed = await deal(contract)
    await contract.comes('the feed again', () => feed().length === 3)
    expect(feed()).toEqual(['listening', 'interrupted', 'listening'])
    const heard = await deal(contract)
    await contract.comes('the confirm after it', () =>
      trades.find(event => event.kind === 'confirm' && event.confirm.reference === heard),
    )
    expect((await ig.confirms.find(missed))?.reference).toBe(missed)
  })
})

describe('figures and beats', () => {
  it('come as they change', async () => {
    const { contract, figures, beats } = await started()
    await using _ = contract
    const { funds, available, deposit, profitLoss } = figures[0] ?? {}
    expect([funds, available, deposit, profitLoss].map(each => each?.toFixed(2))).toEqual([
      '100000.00',
      '100000.00',
      '0.00',
      '0.00',
    ])
    await deal(contract)
    await contract.comes('a deposit', () => figures.at(-1)?.deposit?.gt(0))
    contract.broker.injectTick(EURUSD, '1.08517', '1.08523')
    await contract.comes('a profit', () => figures.at(-1)?.profitLoss?.gt(0))
    const last = figures.at(-1)
    expect(last?.equity?.toFixed()).toBe((last?.funds ?? new Decimal(0)).plus(last?.profitLoss ?? 0).toFixed())
    const before = beats.length
    await contract.comes('three beats', () => beats.length >= before + 3)
    const times = beats.slice(-3).map(beat => beat.brokerTimeMs ?? 0)
    expect(times.map((time, index) => time - (times[0] ?? 0) === index * 1_000)).toEqual([true, true, true])
  })
})
