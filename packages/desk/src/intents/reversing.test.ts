import { Decimal } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import { aCloseConfirm, aRejection } from '../testing/confirm-fixtures.ts'
import { aPosition, EURUSD } from '../testing/desk-fixtures.ts'
import { aReadyDesk, type DrivenDesk } from '../testing/driven-desk.ts'

/** Holds these, which the list shows. */
function holding(...positions: ReturnType<typeof aPosition>[]): DrivenDesk {
  const desk = aReadyDesk()
  desk.pass(15_000)
  desk.list(positions)
  desk.quote()
  return desk
}

const LONGS = [aPosition('DI1'), aPosition('DI2')]
const reverse = (desk: DrivenDesk) => desk.want({ kind: 'reverse', epic: EURUSD })
const opened = (desk: DrivenDesk) => desk.sent('open').map(({ order }) => order.direction)

function confirmClose(desk: DrivenDesk, index: number): void {
  const { id, order } = desk.sent('close')[index]!
  desk.acknowledge(id, `IG${index}`)
  desk.streamConfirm(aCloseConfirm(`IG${index}`, order.dealId ?? ''))
}

it('closes what is held, and enters once the other way when every close is confirmed, not before', () => {
  const desk = holding(...LONGS)
  reverse(desk)
  expect(desk.words).toBe('REVERSING EUR/USD Mini: closing, then SELL')
  expect(desk.sent('close').map(({ order }) => [order.dealId, order.direction])).toEqual([
    ['DI1', 'SELL'],
    ['DI2', 'SELL'],
  ])
  confirmClose(desk, 0)
  expect(opened(desk)).toEqual([])
  confirmClose(desk, 1)
  expect(desk.sent('open')).toMatchObject([{ id: 'R1', order: { reference: 'R1', direction: 'SELL' } }])
  expect(desk.words).toBe('SENT SELL 1 EUR/USD Mini, stop 10 points')
  expect(desk.state.reversals).toEqual([])
})

it('enters with as much as was held and with other legs than the preset’s, where that is told', () => {
  const desk = holding(...LONGS)
  desk.want({ kind: 'reverse', epic: EURUSD, as: { size: 'held', stop: null, limitPoints: null } })
  for (const index of LONGS.keys()) confirmClose(desk, index)
  const [sent] = desk.sent('open')
  const held = Decimal.sum(...LONGS.map(({ size }) => size))
  expect(sent?.order.size.equals(held) && [sent.order.direction, sent.order.stop]).toEqual(['SELL', undefined])
})

it.each([
  ['is refused', (desk: DrivenDesk) => desk.refuse(desk.sent('close')[0]!.id), 'a close was refused'],
  [
    'is rejected by its confirm',
    (desk: DrivenDesk) => {
      desk.acknowledge(desk.sent('close')[0]!.id, 'IG0')
      desk.streamConfirm(aRejection('IG0', 'MARKET_CLOSED'))
    },
    'a close was refused',
  ],
  ['never left', (desk: DrivenDesk) => desk.neverSend(desk.sent('close')[0]!.id), 'a close was refused'],
  [
    'has an unknown outcome',
    (desk: DrivenDesk) => desk.loseReply(desk.sent('close')[0]!.id),
    'the outcome of a close is not known',
  ],
  ['has no answer for five seconds', (desk: DrivenDesk) => desk.pass(5_000), 'the closes were not confirmed in time'],
])('enters nothing when a close %s, and says so', (_, happen, why) => {
  const desk = holding(...LONGS)
  reverse(desk)
  happen(desk)
  expect(desk.news).toContain(`NOT REVERSED: ${why}; nothing was entered`)
  desk.quote()
  for (const i of [0, 1]) confirmClose(desk, i)
  desk.pass(20_000)
  expect(opened(desk)).toEqual([])
})

it('says why when its closes went and the guard denies the entry', () => {
  const desk = holding(...LONGS)
  reverse(desk)
  desk.quote({ state: 'edits-only' })
  for (const i of [0, 1]) confirmClose(desk, i)
  expect(desk.words).toBe('DENIED SELL: the market is not open for dealing (edits-only)')
})

it.each([
  ['flatten', (desk: DrivenDesk) => desk.press('flatten')],
  ['disarm', (desk: DrivenDesk) => desk.want({ kind: 'disarm' })],
])('enters nothing after %s', (_, press) => {
  const desk = holding(...LONGS)
  reverse(desk)
  press(desk)
  for (const i of [0, 1]) confirmClose(desk, i)
  expect([opened(desk), desk.sent('close').length]).toEqual([[], 2])
})

it.each([
  ['nothing is held', [], 'nothing is held in this market'],
  ['both directions are held', [aPosition('DI1'), aPosition('DI2', { direction: 'SELL' })], 'both directions are held'],
] as const)('sends nothing when %s', (_, positions, why) => {
  const desk = holding(...positions)
  reverse(desk)
  expect([desk.sent('close'), opened(desk)]).toEqual([[], []])
  expect(desk.words).toContain(why)
})

it('does not double closes that are under way', () => {
  const desk = holding(...LONGS)
  reverse(desk)
  reverse(desk)
  expect(desk.sent('close')).toHaveLength(2)
  expect(desk.words).toBe('DENIED reverse: it is being closed already')
  for (const i of [0, 1]) confirmClose(desk, i)
  expect(opened(desk)).toEqual(['SELL'])
})
