import { Decimal, dealId, dealReference } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import { DEFAULT_WATCH, type WatchSettings } from '../guard/watchdogs/watch-settings.ts'
import { aConfirm } from '../testing/confirm-fixtures.ts'
import { aPosition, aPositionUpdate, aQuote, aWorkingOrder, EURUSD, someFigures } from '../testing/desk-fixtures.ts'
import { aReadyDesk, type DrivenDesk, LOST } from '../testing/driven-desk.ts'

const watched = (change: Partial<WatchSettings> = {}): DrivenDesk =>
  aReadyDesk({ watch: { ...DEFAULT_WATCH, ...change } })
const alarms = (desk: DrivenDesk) => desk.recorded('alarm').map(({ code, state }) => `${code} ${state}`)
const on = (desk: DrivenDesk) => [...desk.state.watch.alarms.keys()]
const NO_STOP =
  'NO STOP at the broker: BUY 1 EUR/USD Mini was sent with a stop, and is held without one; set one or close it'

/** Bought with a stop, of which the confirm says this; the desk has asked the list. */
function bought(desk: DrivenDesk, stopLevel: Decimal | null): string {
  const id = desk.press('BUY')
  desk.acknowledge(id)
  desk.streamConfirm(aConfirm(id, 'DI1', { stopLevel }))
  return id
}

const bare = (id: string) => aPosition('DI1', { dealReference: dealReference(id), stopLevel: null })

it('asks for the list at once when the confirm names no stop that was wanted, and shouts half a second later, once', () => {
  const desk = watched()
  const id = bought(desk, null)
  expect(desk.state.book.reading).not.toBeNull()
  desk.list([bare(id)])
  desk.pass(499)
  expect(on(desk)).toEqual([])
  desk.pass(1)
  expect(desk.state.outcome).toMatchObject({ tone: 'bad', text: NO_STOP })
  expect(desk.recorded('alarm')).toMatchObject([{ code: 'no-stop', state: 'began', dealId: 'DI1', epic: EURUSD }])
  for (let i = 0; i < 3; i += 1) {
    desk.pass(15_000)
    desk.quote()
    if (desk.state.book.reading) desk.list([bare(id)])
  }
  expect(desk.news.filter(text => text === NO_STOP)).toHaveLength(1)
})

it('shouts when the list shows no stop, though the confirm did, or though no confirm came', () => {
  const desk = watched()
  const id = bought(desk, new Decimal('1.08318'))
  desk.pass(3_000)
  desk.list([bare(id)])
  expect(on(desk)).toContain('no-stop:DI1')
  const silent = watched()
  const lost = silent.press('BUY')
  silent.loseReply(lost)
  silent.list([bare(lost)])
  silent.pass(500)
  expect(on(silent)).toContain('no-stop:DI1')
})

it('ends the alarm when the stop is there', () => {
  const desk = watched()
  const id = bought(desk, null)
  desk.list([bare(id)])
  desk.pass(1_000)
  if (desk.state.book.reading) desk.list([bare(id)])
  desk.pass(15_000)
  desk.quote()
  desk.list([aPosition('DI1', { dealReference: dealReference(id) })])
  expect(alarms(desk).filter(word => word.startsWith('no-stop'))).toEqual(['no-stop began', 'no-stop ended'])
})

it('closes a position without a stop by itself when the trader has set that, once', () => {
  const desk = watched({ missingStop: { of: 'wanted', closeAfterMs: 1_000 } })
  const id = bought(desk, null)
  desk.list([bare(id)])
  desk.pass(1_499)
  expect(desk.sent('close')).toEqual([])
  desk.pass(1)
  expect(desk.sent('close')).toMatchObject([{ order: { dealId: 'DI1', size: new Decimal(1) } }])
  expect(desk.words).toBe('CLOSING BUY 1 EUR/USD Mini: it has no stop')
  desk.pass(2_000)
  expect(desk.sent('close')).toHaveLength(1)
})

it('says what no order of ours explains, until it is adopted or gone', () => {
  const desk = watched()
  desk.pass(15_000)
  desk.quote()
  desk.list([aPosition('DI9')], [aWorkingOrder('DO9')])
  expect(on(desk)).toEqual(['not-ours:DI9', 'not-ours:DO9'])
  desk.want({ kind: 'adopt', dealId: dealId('DI9') })
  desk.want({ kind: 'adopt', dealId: dealId('DO9') })
  expect(on(desk)).toEqual([])
  const long = watched()
  const id = bought(long, new Decimal('1.08318'))
  long.pass(3_000)
  long.list([aPosition('DI1', { dealReference: dealReference(id) })])
  expect(on(long)).toEqual([])
})

it('says that somebody else moved a stop away, and not that we did', () => {
  const desk = watched({ foreignExposure: false })
  desk.pass(15_000)
  desk.quote()
  const at = (level: string) => aPosition('DI1', { stopLevel: new Decimal(level) })
  desk.list([at('1.08318')])
  desk.want({ kind: 'move-leg', leg: 'stop', byPoints: new Decimal(-1), target: { epic: EURUSD } })
  const told = aPositionUpdate('DI1', { status: 'updated', stopLevel: new Decimal('1.08308') })
  desk.feed({ kind: 'trade', trade: { kind: 'position', update: told } })
  desk.loseReply(desk.sent('amend')[0]!.id)
  desk.list([at('1.08308')])
  expect(on(desk)).toEqual([])
  desk.pass(15_000)
  desk.quote()
  desk.list([at('1.08208')])
  expect(on(desk)).toEqual(['stop-moved-away:DI1'])
})

it('says when nothing comes on a live stream, and when it comes again; of a stream that is down the trader knows', () => {
  const desk = watched()
  desk.pass(4_999)
  expect(on(desk)).toEqual([])
  desk.pass(1)
  expect(on(desk)).toEqual(['silent-feed'])
  desk.feed({ kind: 'heartbeat', brokerTimeMs: null })
  expect([on(desk), desk.words]).toEqual([[], 'prices come again'])
  desk.stream(LOST)
  desk.pass(20_000)
  expect(on(desk)).toEqual([])
})

it('says when the clocks of machine and broker disagree, by a price that is news', () => {
  const desk = watched()
  const { wallOffsetMs } = desk.state
  const late = wallOffsetMs + desk.nowMs - 6_000
  desk.feed({ kind: 'quote', quote: aQuote({ receivedAtMs: desk.nowMs, brokerTimeMs: late, isSnapshot: true }) })
  desk.feed({ kind: 'clock' })
  expect(on(desk)).toEqual([])
  desk.feed({ kind: 'quote', quote: aQuote({ receivedAtMs: desk.nowMs, brokerTimeMs: late }) })
  desk.feed({ kind: 'clock' })
  expect(on(desk)).toEqual(['clock-skew'])
})

it('says when the margin becomes short', () => {
  const desk = watched()
  desk.feed({ kind: 'account', figures: someFigures({ equity: new Decimal(110), margin: new Decimal(100) }) })
  expect(on(desk)).toEqual(['margin-low'])
  desk.feed({ kind: 'account', figures: someFigures({ equity: new Decimal(130), margin: new Decimal(100) }) })
  expect(alarms(desk)).toEqual(['margin-low began', 'margin-low ended'])
})

it('says that an order still waits at the broker when the day is locked, and again that none does', () => {
  const desk = watched({ foreignExposure: false })
  desk.tellWorkingOrder('DIORDER1', { status: 'open' })
  expect(on(desk)).toEqual([])
  desk.want({ kind: 'lock-day' })
  expect(on(desk)).toEqual(['resting-while-locked'])
  desk.tellWorkingOrder('DIORDER1', { status: 'deleted' })
  expect(on(desk)).toEqual([])
})
