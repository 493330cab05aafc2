import { expect, it } from 'vitest'
import { exposure } from '../book/exposure.ts'
import { aCloseConfirm } from '../testing/confirm-fixtures.ts'
import { aPosition, aWorkingOrder } from '../testing/desk-fixtures.ts'
import {
  aLongDesk,
  aReadyDesk,
  confirmClose,
  type DrivenDesk,
  FLAT,
  LOST,
  lastClose,
  listedDeal,
} from '../testing/driven-desk.ts'

it('says FLAT only after a reading that was asked for after the last change', () => {
  const desk = aLongDesk()
  desk.press('flatten')
  confirmClose(desk)
  expect(desk.words).toBe('CLOSED: BUY 1 at 1.08502, result +8.40 USD')
  expect(exposure(desk.state)).toBe('checking')
  desk.streamPosition('DIELSEWHERE', 'deleted')
  desk.list()
  expect(exposure(desk.state)).toBe('checking')
  expect(desk.words).not.toBe(FLAT)
  desk.pass(200)
  desk.list()
  expect([exposure(desk.state), desk.words]).toEqual(['flat', FLAT])
  expect(desk.recorded('flat')).toHaveLength(1)
  expect(desk.state.flattens).toEqual([])
})

it('says FLAT on a press with nothing open, but not before the broker was asked again', () => {
  const desk = aReadyDesk()
  desk.press('flatten')
  expect(desk.words).toBe('CLOSING: asking the broker what is open')
  desk.list()
  expect(desk.words).toBe(FLAT)
})

it('believes the confirm over a list that still shows the closed position, and waits with FLAT', () => {
  const desk = aLongDesk()
  desk.press('flatten')
  confirmClose(desk)
  desk.list([listedDeal()])
  expect([...desk.state.holdings.keys()]).toEqual([])
  expect(exposure(desk.state)).toBe('checking')
  desk.pass(400)
  desk.list([listedDeal()])
  expect(desk.sent('close')).toHaveLength(1)
  expect(exposure(desk.state)).toBe('checking')
  desk.pass(400)
  desk.list()
  expect(desk.words).toBe(FLAT)
})

it('says NOT FLAT when a position stays listed long after its close was confirmed', () => {
  const desk = aLongDesk()
  desk.press('flatten')
  confirmClose(desk)
  for (let i = 0; i < 20; i += 1) {
    if (desk.state.book.reading) desk.list([listedDeal()])
    desk.pass(400)
  }
  expect(desk.words).toMatch(/^NOT FLAT: a position could not be closed/)
  expect(exposure(desk.state)).toBe('open')
  expect(desk.sent('close')).toHaveLength(1)
})

it('does not say FLAT while a working order stays that the broker does not cancel', () => {
  const desk = aReadyDesk()
  desk.press('flatten')
  desk.list([], [aWorkingOrder()])
  for (let i = 0; i < 3; i += 1) {
    expect(desk.words).not.toMatch(/FLAT/)
    desk.refuse(desk.sent('cancel').at(-1)!.id)
    desk.list([], [aWorkingOrder()])
    desk.pass(500)
  }
  if (desk.state.book.reading) desk.list([], [aWorkingOrder()])
  expect(exposure(desk.state)).toBe('open')
  expect(desk.words).toBe('NOT FLAT: 1 working order stays; press again, or use the broker’s platform')
  expect(desk.recorded('not-flat')).toMatchObject([{ scope: { kind: 'account' } }])
})

it('does not say FLAT when the reading fails, and asks again until it succeeds', () => {
  const desk = aLongDesk()
  desk.press('flatten')
  confirmClose(desk)
  desk.failReading()
  expect(exposure(desk.state)).toBe('checking')
  expect(desk.words).toBe('the broker does not say what is open: no route to the broker; asking again')
  desk.pass(1_000)
  desk.list()
  expect(desk.words).toBe(FLAT)
})

it('does not say FLAT while the stream is down, but ends: what is opened elsewhere later is not closed', () => {
  const desk = aLongDesk()
  desk.press('flatten')
  desk.stream(LOST)
  desk.list([listedDeal()])
  expect(desk.state.flattens).toHaveLength(1)
  confirmClose(desk)
  desk.list()
  expect(desk.words).toBe('CLOSED: the broker reports nothing open; FLAT is withheld until the stream is back')
  expect([exposure(desk.state), desk.state.flattens, desk.recorded('flat')]).toEqual(['unknown', [], []])
  desk.pass(600_000)
  desk.list([aPosition('DI9')])
  expect(desk.sent('close')).toHaveLength(1)
  desk.stream('recovered')
  desk.trades('listening')
  desk.list()
  if (desk.state.book.reading) desk.list()
  expect(exposure(desk.state)).toBe('flat')
})

it('does not end on a reading from before the press, or while a close or an entry has no outcome', () => {
  const desk = aReadyDesk()
  desk.pass(15_000)
  desk.stream(LOST)
  const id = desk.press('BUY')
  desk.press('flatten')
  desk.list()
  expect([desk.stage(id), desk.state.flattens.length]).toEqual([undefined, 1])
  desk.list()
  expect(desk.state.flattens).toEqual([])
  const long = aLongDesk()
  long.stream(LOST)
  long.press('flatten')
  long.pass(6_000)
  long.list()
  expect([long.stage('R2.1'), long.state.holdings.size, long.state.flattens.length]).toEqual(['sending', 0, 1])
  long.acknowledge(lastClose(long), 'IGMADETHIS')
  long.streamConfirm(aCloseConfirm('IGMADETHIS', 'DI1'))
  expect(long.state.flattens).toHaveLength(1)
  long.list()
  expect(long.state.flattens).toEqual([])
})

it.each([
  ['trade updates are lost', 'until trade updates are back', (desk: DrivenDesk) => desk.trades('interrupted')],
  [
    'the stream is closed',
    'until the program was restarted: the stream is closed',
    (desk: DrivenDesk) => desk.stream({ kind: 'closed', cause: { code: 'asked', text: 'over' } }),
  ],
])('ends without FLAT while %s, and says why', (_, why, lose) => {
  const desk = aLongDesk()
  lose(desk)
  desk.press('flatten')
  confirmClose(desk)
  desk.list()
  expect(desk.words).toBe(`CLOSED: the broker reports nothing open; FLAT is withheld ${why}`)
  expect(exposure(desk.state)).toBe('unknown')
})

it('ends without FLAT when only the positions can be read', () => {
  const desk = aLongDesk()
  desk.press('flatten')
  confirmClose(desk)
  desk.list([], null)
  expect(desk.words).toBe(
    'CLOSED: the broker reports no position; FLAT is withheld until the working orders can be read',
  )
  expect([exposure(desk.state), desk.state.flattens]).toEqual(['checking', []])
})

it('ends without FLAT when an entry could not be settled', () => {
  const desk = aReadyDesk()
  const id = desk.press('BUY')
  desk.loseReply(id)
  desk.press('flatten')
  for (let i = 0; i < 70; i += 1) {
    desk.list()
    desk.pass(1_000)
  }
  expect(desk.stage(id)).toBe('unresolved')
  expect(desk.words).toBe(
    'CLOSED: the broker reports nothing open; FLAT is withheld because an order could not be settled; look at the broker’s platform',
  )
  expect([exposure(desk.state), desk.state.flattens]).toEqual(['unknown', []])
})

it('denies entries until FLAT, and allows them after', () => {
  const desk = aLongDesk()
  desk.press('flatten')
  confirmClose(desk)
  desk.quote()
  desk.press('BUY')
  expect(desk.recorded('denied').at(-1)?.code).toBe('flattening')
  desk.list()
  desk.press('BUY')
  expect(desk.sent('open')).toHaveLength(2)
})
