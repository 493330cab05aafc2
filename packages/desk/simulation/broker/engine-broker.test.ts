import { Decimal, dealId } from '@scalpdesk/sdk'
import { seededRandom } from '@scalpdesk/testkit'
import { describe, expect, it } from 'vitest'
import { WatchedBroker } from '../testing/watched-broker.ts'
import { FAULT_NAMES, FAULTS, type FaultName } from './faults.ts'
import { EPICS, EURUSD, marketOf } from './simulated-markets.ts'
import type { ReplyFault } from './waiting-faults.ts'

function applied(watched: WatchedBroker, fault: FaultName, salt = 1): void {
  const { broker, clock } = watched
  const later = (ms: number, run: () => void) => void clock.at(clock.monotonicMs() + ms, run)
  FAULTS[fault]({ broker, later }, seededRandom(salt))
}

/** A request and a confirm fault wait for any request here. */
function waiting(watched: WatchedBroker, fault: ReplyFault): void {
  watched.broker.faults.replies.push({ fault, match: 'dealing' })
}

describe('without a fault', () => {
  it('deals at the price of the moment, and tells by answer, stream, confirm and lists', () => {
    const watched = new WatchedBroker()
    watched.buy()
    expect(watched.answer).toBe('acknowledged')
    expect(watched.heard).toEqual(expect.arrayContaining(['confirm accepted', 'position open']))
    expect(watched.confirmOf('R1')).toBe('accepted right')
    expect(watched.list()).toMatchObject({ positions: [{ dealReference: 'R1', direction: 'BUY' }], workingOrders: [] })
  })

  it('closes, amends, places and cancels by the same engine', () => {
    const watched = new WatchedBroker()
    const { broker } = watched
    watched.buy()
    const [position] = broker.exchange.positions
    const held = dealId(position!.dealId)
    watched.send({ kind: 'amend', order: { dealId: held, stopLevel: new Decimal('1.05'), limitLevel: null } })
    expect(broker.exchange.positions[0]?.stopUnits).toBe(105_000)
    watched.send({ kind: 'close', order: { dealId: held, direction: 'SELL', size: new Decimal(1) } })
    expect(broker.exchange.positions).toEqual([])
    const market = marketOf(broker.exchange, EURUSD)
    const order = {
      market,
      direction: 'BUY',
      size: new Decimal(1),
      level: new Decimal('1.05'),
      goodTill: 'cancelled',
    } as const
    watched.send({ kind: 'place', order: { ...order, reference: watched.reference, kind: 'limit' } })
    const [resting] = broker.exchange.workingOrders
    watched.send({ kind: 'cancel', order: { dealId: dealId(resting!.dealId) } })
    expect(broker.exchange.workingOrders).toEqual([])
    expect(watched.answers.map(({ kind }) => kind)).toEqual(Array(5).fill('acknowledged'))
  })

  it('remembers in its history what each request came to, and names none for what it did by itself', () => {
    const watched = new WatchedBroker()
    watched.buy()
    watched.broker.exchange.tick(EURUSD, 100_000, 100_006)
    watched.clock.advance(1_000)
    let past: readonly { readonly reference: string | null }[] | null = null
    watched.broker.findDeals(0, deals => {
      past = deals
    })
    watched.clock.advance(2_000)
    expect(past).toMatchObject([
      { reference: 'R1', status: 'accepted' },
      { reference: null, status: 'accepted' },
    ])
  })

  it('plays the same session again from the same seed', () => {
    const play = () => {
      const watched = new WatchedBroker({ seed: 9 })
      watched.buy()
      watched.clock.advance(60_000)
      return [watched.heard, watched.quotes, watched.broker.exchange.positions.map(({ dealId }) => dealId)]
    }
    expect(play()).toEqual(play())
  })
})

describe('an answer that is lost or wrong', () => {
  it.each([
    [{ kind: 'lost' }, 1],
    [{ kind: 'timeout' }, 1],
    [{ kind: 'empty' }, 1],
    [{ kind: 'html' }, 1],
    [{ kind: 'null-code' }, 0],
  ] as const)('%o: the outcome is unknown, and %i is dealt', (fault, dealt) => {
    const watched = new WatchedBroker()
    waiting(watched, fault)
    watched.buy()
    expect([watched.answer, watched.broker.exchange.positions.length]).toEqual(['unknown', dealt])
  })

  it('comes late, or not within the time that the client waits', () => {
    const watched = new WatchedBroker()
    waiting(watched, { kind: 'slow', ms: 5_000 })
    watched.buy()
    expect([watched.answer, watched.broker.exchange.positions.length]).toEqual(['none', 1])
    watched.clock.advance(5_000)
    expect(watched.answer).toBe('acknowledged')
    waiting(watched, { kind: 'slow', ms: 60_000 })
    watched.buy(11_000)
    expect([watched.answer, watched.broker.exchange.positions.length]).toEqual(['unknown', 2])
  })
})

describe('a request on its way', () => {
  it('does not leave, is lost, or arrives after its client gave up', () => {
    const watched = new WatchedBroker()
    const { faults, arrived } = watched.broker
    faults.travels.push({ fault: { kind: 'unsent' }, match: 'open' })
    watched.buy()
    expect([watched.answer, arrived.length]).toEqual(['unsent', 0])
    faults.travels.push({ fault: { kind: 'lost' }, match: 'open' })
    watched.buy(11_000)
    expect([watched.answer, arrived.length]).toEqual(['unknown', 0])
    faults.travels.push({ fault: { kind: 'late', ms: 12_000 }, match: 'open' })
    watched.buy(11_000)
    expect([watched.answer, arrived.length]).toEqual(['unknown', 0])
    watched.clock.advance(5_000)
    expect(arrived.length).toBe(1)
  })

  it('is refused at the door: tokens that died, allowances that are spent', () => {
    const watched = new WatchedBroker()
    applied(watched, 'expireToken')
    watched.buy()
    expect(watched.answer).toBe('rejected error.security.client-token-invalid')
    applied(watched, 'exceedAllowance')
    watched.buy()
    expect(watched.answer).toMatch(/^rejected error\.public-api\.exceeded-.*-allowance$/)
    watched.buy()
    expect(watched.answer).toBe('acknowledged')
  })

  it('is refused by its confirm, with the reason that was asked for', () => {
    const watched = new WatchedBroker()
    watched.broker.faults.rejections.push('ORDER_DECLINED')
    watched.buy()
    expect([watched.answer, watched.confirmOf('R1')]).toEqual(['acknowledged', 'rejected wrong'])
  })
})

describe('a confirm', () => {
  it.each([
    ['late', { kind: 'late', ms: 5_000 }, 0, 'none'],
    ['lost', { kind: 'lost' }, 0, 'none'],
    ['barred', { kind: '405' }, 0, 'none'],
    ['told twice', { kind: 'twice' }, 2, 'accepted right'],
    ['with a wrong deal', { kind: 'wrong-id' }, 1, 'accepted wrong'],
  ] as const)('%s', (_, fault, streamed, asked) => {
    const watched = new WatchedBroker()
    watched.broker.faults.confirms.push({ fault, match: 'open' })
    watched.buy()
    expect(watched.broker.exchange.positions.length).toBe(1)
    expect([watched.heard.filter(words => words === 'confirm accepted').length, watched.confirmOf('R1')]).toEqual([
      streamed,
      asked,
    ])
  })

  it('names a stop that the position does not have', () => {
    const watched = new WatchedBroker()
    applied(watched, 'openWithoutStop')
    watched.buy()
    const [confirm] = watched.trades.filter(trade => trade.kind === 'confirm')
    expect(confirm?.confirm.outcome).toMatchObject({ kind: 'accepted', stopLevel: expect.anything() })
    expect(watched.broker.exchange.positions[0]?.stopUnits).toBeNull()
  })
})

describe('the stream', () => {
  it('tells after a recovery what was missed, and nothing of it in another session', () => {
    const watched = new WatchedBroker()
    applied(watched, 'dropStream')
    watched.buy(5_000)
    expect(watched.heard.slice(0, 3)).toEqual(['waiting', 'live recovered', 'listening'])
    expect(watched.heard).toContain('confirm accepted')
    watched.heard.length = 0
    applied(watched, 'endStream')
    watched.buy(5_000)
    expect(watched.heard).toEqual(['waiting', 'interrupted', 'live replaced', 'listening'])
    watched.heard.length = 0
    applied(watched, 'dropStream')
    applied(watched, 'forgetStream')
    watched.buy(5_000)
    expect(watched.heard).toEqual(['waiting', 'interrupted', 'live replaced', 'listening'])
  })

  it('loops, breaks off in the middle of a line, and goes on without a loss', () => {
    const watched = new WatchedBroker()
    applied(watched, 'loopStream')
    watched.clock.advance(1_000)
    expect(watched.heard).toEqual(['connecting', 'live preserved', 'listening'])
    watched.heard.length = 0
    applied(watched, 'halfLine')
    watched.buy(5_000)
    expect(watched.heard).toEqual(expect.arrayContaining(['live recovered', 'confirm accepted', 'position open']))
  })

  it('says nothing for a while, then everything', () => {
    const watched = new WatchedBroker()
    watched.broker.stream.goSilent()
    watched.buy(2_000)
    expect(watched.heard).toEqual([])
    watched.broker.stream.speak()
    expect(watched.heard).toEqual(expect.arrayContaining(['confirm accepted', 'position open']))
    watched.heard.length = 0
    watched.broker.stream.goSilent()
    watched.clock.advance(4_000)
    expect(watched.heard).toEqual(['stalled'])
    watched.clock.advance(4_000)
    expect(watched.heard.slice(0, 2)).toEqual(['stalled', 'waiting'])
    watched.broker.stream.speak()
    watched.clock.advance(5_000)
    expect(watched.heard).toContain('live recovered')
  })

  it('refuses a session, or the subscription to trades', () => {
    const watched = new WatchedBroker()
    watched.broker.stream.refuse(5, 'busy')
    applied(watched, 'dropStream')
    watched.clock.advance(6_000)
    expect(watched.heard).toEqual(['waiting', 'waiting', 'live recovered', 'listening'])
    watched.heard.length = 0
    applied(watched, 'refuseSubscription')
    applied(watched, 'endStream')
    watched.buy(6_000)
    expect(watched.heard).toEqual(['waiting', 'interrupted', 'live replaced', 'interrupted', 'unreadable'])
  })

  it('gives a row that cannot be read in the place of the next one', () => {
    const watched = new WatchedBroker()
    for (const epic of EPICS) watched.broker.exchange.holdQuotes(epic, true)
    watched.clock.advance(3_100)
    applied(watched, 'badRow')
    watched.buy(500)
    expect(watched.heard).toContain('unreadable')
    applied(watched, 'badRow')
    watched.broker.exchange.showCrossed(EURUSD)
    watched.clock.advance(20)
    expect(watched.quotes.at(-1)).toBeNull()
  })

  it('leaves an update out, although the deal is done', () => {
    const watched = new WatchedBroker()
    applied(watched, 'leaveOutUpdate')
    watched.buy()
    expect(watched.heard).toEqual(['confirm accepted'])
  })
})

describe('prices and lists', () => {
  it('shows no price, a crossed one, one that stands still, and a market that is closed', () => {
    const watched = new WatchedBroker()
    const { broker, clock, quotes } = watched
    broker.exchange.holdQuotes(EURUSD, true)
    clock.advance(5_000)
    const before = broker.exchange.book(EURUSD).quote?.bidUnits
    clock.advance(5_000)
    expect(broker.exchange.book(EURUSD).quote?.bidUnits).toBe(before)
    broker.exchange.losePrice(EURUSD)
    clock.advance(20)
    expect(quotes.at(-1)).toBeNull()
    broker.exchange.holdQuotes(EURUSD, false)
    broker.exchange.setMarket(EURUSD, 'CLOSED')
    watched.buy()
    expect(watched.confirmOf('R1')).toMatch(/^rejected/)
  })

  it('lists what was so much earlier, without working orders, or not at all', () => {
    const watched = new WatchedBroker({ listLagMs: 3_000 })
    watched.buy(1_000)
    expect(watched.list()).toMatchObject({ positions: [] })
    watched.clock.advance(3_000)
    expect(watched.list()).toMatchObject({ positions: [{}], workingOrders: [] })
    applied(watched, 'hideWorkingOrders')
    expect(watched.list()).toMatchObject({ positions: [{}], workingOrders: null })
    applied(watched, 'failReadings')
    expect(watched.list()).toBeInstanceOf(Error)
  })

  it('jumps its clock, and forgets everything but the deals when it restarts', () => {
    const watched = new WatchedBroker()
    const { broker } = watched
    watched.buy()
    const before = broker.exchange.nowMs
    broker.exchange.jump(-5_000)
    expect(broker.exchange.nowMs).toBe(before - 5_000)
    applied(watched, 'restart')
    expect(watched.confirmOf('R1')).toBe('none')
    expect(broker.exchange.positions.length).toBe(1)
  })
})

it('survives every fault, one after the other and twice, and is whole again afterwards', () => {
  const watched = new WatchedBroker({ seed: 5 })
  for (const salt of [1, 2])
    for (const fault of FAULT_NAMES) {
      applied(watched, fault, salt)
      watched.buy(3_000)
      watched.list()
    }
  watched.broker.heal()
  watched.clock.advance(30_000)
  watched.heard.length = 0
  watched.buy()
  expect(watched.answer).toBe('acknowledged')
  expect(watched.heard).toEqual(expect.arrayContaining(['confirm accepted', 'position open']))
})
