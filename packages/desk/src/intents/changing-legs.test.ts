import { Decimal, dealId, dealReference } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import { exposure } from '../book/exposure.ts'
import { anAmendConfirm, aRejection } from '../testing/confirm-fixtures.ts'
import { aPosition, aPositionUpdate, EURUSD, GOLD } from '../testing/desk-fixtures.ts'
import { aReadyDesk, buy, type DrivenDesk } from '../testing/driven-desk.ts'

const target = { epic: EURUSD }
const level = (text: string) => new Decimal(text)
const STOP = level('1.08318')
const listed = (stopLevel: Decimal | null = STOP, deal = 'DI1') => aPosition(deal, { stopLevel })

/** Holds one long that the list shows, with the price above it. */
function long(...positions: ReturnType<typeof aPosition>[]): DrivenDesk {
  const desk = aReadyDesk()
  desk.pass(15_000)
  desk.list(positions.length > 0 ? positions : [listed()])
  desk.quote({ bid: '1.08500', offer: '1.08508' })
  return desk
}

const breakeven = (desk: DrivenDesk) => desk.want({ kind: 'breakeven', target })
const move = (desk: DrivenDesk, points: number) =>
  desk.want({ kind: 'move-leg', leg: 'stop', byPoints: new Decimal(points), target })
const amends = (desk: DrivenDesk) => desk.sent('amend')
const last = (desk: DrivenDesk) => amends(desk).at(-1)!.id
const stops = (desk: DrivenDesk) =>
  [...desk.state.holdings.values()].map(({ stopLevel }) => stopLevel?.toFixed() ?? null)

function confirm(desk: DrivenDesk, stopLevel: string, name = `IG${amends(desk).length}`): void {
  desk.acknowledge(last(desk), name)
  desk.streamConfirm(anAmendConfirm(name, 'DI1', { stopLevel: level(stopLevel) }))
}

it('amends both legs as they shall be, written down before, without asking the guard', () => {
  const desk = long(aPosition('DI1', { stopLevel: STOP, limitLevel: level('1.09') }))
  desk.want({ kind: 'disarm' })
  const before = desk.effects.length
  breakeven(desk)
  expect(desk.effects.slice(before)).toMatchObject([
    { kind: 'journal', record: { kind: 'about-to-amend', stopLevel: '1.08418', limitLevel: '1.09' }, entry: null },
    { kind: 'amend', id: 'R2.1', order: { dealId: 'DI1', stopLevel: level('1.08418'), limitLevel: level('1.09') } },
  ])
})

it('says the kind of stop that the position has', () => {
  const trailingStop = { distancePoints: level('10'), stepPoints: level('1') }
  const trails = long(aPosition('DI1', { stopLevel: STOP, trailingStop }))
  breakeven(trails)
  expect(amends(trails)[0]?.order).toMatchObject({ stopLevel: level('1.08418'), trailingStop })
  const guaranteed = long(aPosition('DI1', { stopLevel: STOP, isGuaranteed: true }))
  breakeven(guaranteed)
  expect(amends(guaranteed)[0]?.order).toMatchObject({ stopLevel: level('1.08418'), isGuaranteed: true })
})

it('changes every position of the market, or the one that is named', () => {
  const desk = long(listed(), listed(STOP, 'DI2'), aPosition('DIGOLD', { epic: GOLD }))
  breakeven(desk)
  expect(amends(desk).map(({ order }) => order.dealId)).toEqual(['DI1', 'DI2'])
  const one = long(listed(), listed(STOP, 'DI2'))
  one.want({ kind: 'remove-limit', target: { dealId: dealId('DI2') } })
  expect(one.words).toBe('NOT CHANGED: it is so already')
  one.want({ kind: 'breakeven', target: { dealId: dealId('DI2') } })
  expect(amends(one).map(({ order }) => order.dealId)).toEqual(['DI2'])
})

it('asks the guard before a stop goes away from the price, and not before it comes nearer', () => {
  const desk = long()
  desk.want({ kind: 'disarm' })
  move(desk, -1)
  expect([amends(desk), desk.words]).toEqual([[], 'DENIED move-leg: the desk is disarmed; arm it first'])
  move(desk, 1)
  expect(amends(desk)).toHaveLength(1)
})

it('does not send a change that loosens when its record cannot be written', () => {
  const desk = long()
  const before = desk.effects.length
  move(desk, -1)
  expect(desk.effects.slice(before)).toMatchObject([{ kind: 'journal', entry: 'R1.1' }, { kind: 'amend' }])
})

it('reads a position first that only its confirm told of, because an amendment replaces both legs', () => {
  const desk = aReadyDesk()
  const id = buy(desk, 'DI1')
  desk.quote({ bid: '1.08500', offer: '1.08508' })
  breakeven(desk)
  expect([amends(desk), desk.state.book.reading !== null]).toEqual([[], true])
  desk.list([aPosition('DI1', { dealReference: dealReference(id), limitLevel: level('1.09') })])
  expect(amends(desk)).toMatchObject([{ order: { limitLevel: level('1.09') } }])
})

it('does not send a change that could not be worked out in five seconds', () => {
  const desk = aReadyDesk()
  buy(desk, 'DI1')
  breakeven(desk)
  desk.pass(5_000)
  expect(desk.words).toBe('NOT CHANGED: the broker did not say in time what its legs are')
  desk.list([listed()])
  expect(amends(desk)).toEqual([])
})

it('knows the legs from the confirm, and believes it over a list that is behind', () => {
  const desk = long()
  breakeven(desk)
  confirm(desk, '1.08418')
  expect([desk.stage(last(desk)), stops(desk), exposure(desk.state)]).toEqual(['done', ['1.08418'], 'open'])
  expect(desk.words).toBe('AMENDED: stop 1.08418, limit none')
  desk.pass(3_000)
  desk.list([listed()])
  expect(stops(desk)).toEqual(['1.08418'])
  desk.pass(6_000)
  if (desk.state.book.reading) desk.list([listed()])
  desk.pass(15_000)
  desk.list([listed()])
  expect(stops(desk)).toEqual(['1.08318'])
})

it('works out each of several presses from what the one before made, one at a time', () => {
  const desk = long()
  for (let i = 0; i < 3; i += 1) move(desk, 1)
  expect(amends(desk)).toHaveLength(1)
  confirm(desk, '1.08328')
  confirm(desk, '1.08338')
  confirm(desk, '1.08348')
  expect(amends(desk).map(({ order }) => order.stopLevel?.toFixed())).toEqual(['1.08328', '1.08338', '1.08348'])
})

it('keeps the old legs when the broker refuses', () => {
  const desk = long()
  breakeven(desk)
  desk.acknowledge(last(desk), 'IG1')
  desk.streamConfirm(aRejection('IG1', 'ATTACHED_ORDER_LEVEL_ERROR'))
  expect([desk.stage(last(desk)), stops(desk)]).toEqual(['rejected', ['1.08318']])
  expect(desk.words).toBe(
    'REJECTED by the broker, change to stop 1.08418, limit none: a stop, limit or order level is on the wrong side or too close (ATTACHED_ORDER_LEVEL_ERROR)',
  )
})

it('settles a change of unknown outcome by the legs that the list shows', () => {
  const desk = long()
  breakeven(desk)
  desk.loseReply(last(desk))
  desk.list([listed()])
  expect(desk.stage(last(desk))).toBe('checking')
  desk.pass(400)
  if (desk.state.book.reading) desk.list([listed(level('1.08418'))])
  expect([desk.stage(last(desk)), stops(desk)]).toEqual(['done', ['1.08418']])
  expect(desk.recorded('done')).toMatchObject([{ id: last(desk), by: 'book' }])
})

it('gives a change up while the list shows the position without it, and it holds up no exit', () => {
  const desk = long()
  breakeven(desk)
  desk.loseReply(last(desk))
  for (let i = 0; i < 30; i += 1) {
    if (desk.state.book.reading) desk.list([listed()])
    desk.pass(500)
  }
  expect([desk.stage(last(desk)), exposure(desk.state)]).toEqual(['unresolved', 'open'])
  desk.press('flatten')
  expect(desk.sent('close')).toHaveLength(1)
})

it('says that a change is of no matter any more when its position is gone', () => {
  const desk = long()
  breakeven(desk)
  desk.loseReply(last(desk))
  desk.list()
  desk.pass(400)
  desk.list()
  expect(desk.stage(last(desk))).toBe('done')
  expect(desk.news.at(-2)).toMatch(/^NO LONGER OF ANY MATTER: change to stop 1\.08418/)
})

it('asks nothing for an update of the position that its own change brought', () => {
  const desk = long()
  breakeven(desk)
  const told = aPositionUpdate('DI1', { status: 'updated', stopLevel: level('1.08418') })
  const { changes } = desk.state.book
  desk.feed({ kind: 'trade', trade: { kind: 'position', update: told } })
  expect(desk.state.book.changes).toBe(changes)
  confirm(desk, '1.08418')
  const after = desk.state.book.changes
  desk.feed({ kind: 'trade', trade: { kind: 'position', update: told } })
  expect(desk.state.book.changes).toBe(after)
})

it('flattening takes back what waits to be changed', () => {
  const desk = long()
  move(desk, 1)
  move(desk, 1)
  desk.press('flatten')
  confirm(desk, '1.08328')
  expect(amends(desk)).toHaveLength(1)
})

it('says that there is nothing to change, and asks what is open', () => {
  const desk = aReadyDesk()
  breakeven(desk)
  expect(desk.words).toBe('NOTHING TO CHANGE: no such position is known; asking the broker what is open')
  expect(desk.state.book.reading).not.toBeNull()
})

it('takes no more presses than anybody means', () => {
  const desk = long()
  for (let i = 0; i < 30; i += 1) move(desk, 1)
  expect(desk.state.legChanges.length).toBeLessThanOrEqual(20)
  expect(desk.words).toBe('NOT CHANGED: too many changes wait for the broker already')
})

it('is not settled by the confirm of another change of the position, made elsewhere: by the legs that it names', () => {
  const desk = long()
  breakeven(desk)
  const order = last(desk)
  desk.loseReply(order)
  desk.streamConfirm(anAmendConfirm('ELSEWHERE', 'DI1', { stopLevel: level('1.08200') }))
  expect([desk.stage(order), stops(desk)]).toEqual(['checking', ['1.08318']])
  desk.streamConfirm(anAmendConfirm('OURS', 'DI1', { stopLevel: level('1.08418'), limitLevel: level('1.09') }))
  desk.streamConfirm(anAmendConfirm('OURS', 'DI2', { stopLevel: level('1.08418') }))
  expect(desk.stage(order)).toBe('checking')
  desk.streamConfirm(anAmendConfirm('OURS', 'DI1', { stopLevel: level('1.08418') }))
  expect([desk.stage(order), stops(desk)]).toEqual(['done', ['1.08418']])
})

it('is settled by the list where no confirm names its legs', () => {
  const desk = long()
  breakeven(desk)
  desk.loseReply(last(desk))
  desk.streamConfirm(anAmendConfirm('OURS', 'DI1', { stopLevel: null }))
  expect(desk.stage(last(desk))).toBe('checking')
  desk.pass(1_000)
  desk.list([listed(level('1.08418'))])
  expect(desk.stage(last(desk))).toBe('done')
})

it('never takes back what a trailing stop has followed since the last list', () => {
  const trailingStop = { distancePoints: level('10'), stepPoints: level('1') }
  const desk = long(aPosition('DI1', { stopLevel: STOP, limitLevel: level('1.09'), trailingStop }))
  const update = aPositionUpdate('DI1', {
    status: 'updated',
    stopLevel: level('1.08400'),
    limitLevel: level('1.09'),
    trailingStop,
  })
  desk.feed({ kind: 'trade', trade: { kind: 'position', update } })
  desk.want({ kind: 'disarm' })
  desk.want({ kind: 'remove-limit', target })
  expect(amends(desk).map(({ order }) => order.stopLevel?.toFixed())).toEqual(['1.084'])
})

it('keeps what the stream told of a trailing stop when a list that was asked for before comes after it', () => {
  const trailingStop = { distancePoints: level('10'), stepPoints: level('1') }
  const before = aPosition('DI1', { stopLevel: STOP, trailingStop })
  const desk = long(before)
  desk.pass(15_000)
  expect(desk.state.book.reading).not.toBeNull()
  const update = aPositionUpdate('DI1', { status: 'updated', stopLevel: level('1.08400'), trailingStop })
  desk.feed({ kind: 'trade', trade: { kind: 'position', update } })
  desk.list([before])
  expect(stops(desk)).toEqual(['1.084'])
  desk.pass(150)
  desk.list([aPosition('DI1', { stopLevel: level('1.08410'), trailingStop })])
  expect(stops(desk)).toEqual(['1.0841'])
})
