import { Decimal, dealId, dealReference } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import { exposure } from '../book/exposure.ts'
import { aCloseConfirm, aConfirm, aPartCloseConfirm } from '../testing/confirm-fixtures.ts'
import { aPosition } from '../testing/desk-fixtures.ts'
import { aLongDesk, aReadyDesk, type DrivenDesk } from '../testing/driven-desk.ts'

function poll(desk: DrivenDesk, id: string, confirm: ReturnType<typeof aConfirm> | null): void {
  desk.feed({ kind: 'confirm-found', id, confirm })
}

it('denies entries in flight, unknown and unresolved, and allows them once the truth is known', () => {
  const desk = aReadyDesk()
  const id = desk.press('BUY')
  const denied = () => {
    desk.quote()
    desk.press('BUY')
    return desk.recorded('denied').at(-1)?.code
  }
  expect(denied()).toBe('in-flight')
  desk.acknowledge(id)
  expect(denied()).toBe('in-flight')
  desk.pass(5_000)
  expect(denied()).toBe('outcome-unknown')
  desk.pass(60_000)
  expect([desk.stage(id), denied()]).toEqual(['unresolved', 'outcome-unknown'])
  desk.streamConfirm(aConfirm(id, 'DI1'))
  expect(desk.stage(id)).toBe('done')
  desk.quote()
  desk.press('BUY')
  expect(desk.sent('open')).toHaveLength(2)
})

it('finds a deal of an unresolved order in the list, however late', () => {
  const desk = aReadyDesk()
  const id = desk.press('BUY')
  desk.loseReply(id)
  desk.pass(66_000)
  desk.list()
  expect([desk.stage(id), exposure(desk.state)]).not.toContain('open')
  desk.pass(15_000)
  desk.list([aPosition('DI1', { dealReference: dealReference(id) })])
  expect([desk.stage(id), exposure(desk.state)]).toEqual(['done', 'open'])
})

it('does not claim to have seen the list when no reading came back for a minute', () => {
  const desk = aLongDesk()
  desk.press('flatten')
  const { id } = desk.sent('close')[0]!
  desk.acknowledge(id, 'IGMADETHIS')
  for (let i = 0; i < 70; i += 1) {
    desk.pass(1_000)
    if (desk.state.book.reading) desk.failReading()
  }
  expect(desk.stage(id)).toBe('unresolved')
  expect(desk.recorded('unresolved')[0]?.cause).not.toContain('listed')
})

it('takes a filled open for held even when its confirm has no level, until the list shows it', () => {
  const desk = aReadyDesk()
  const id = desk.press('BUY')
  desk.acknowledge(id)
  desk.streamConfirm(aConfirm(id, 'DI1', { level: null }))
  desk.pass(200)
  desk.list()
  expect(exposure(desk.state)).toBe('open')
})

it('does not show a position whose end was told before its confirm came', () => {
  const desk = aReadyDesk()
  const id = desk.press('BUY')
  desk.acknowledge(id)
  desk.streamPosition('DI1', 'open')
  desk.streamPosition('DI1', 'deleted')
  poll(desk, id, aConfirm(id, 'DI1'))
  expect(desk.stage(id)).toBe('done')
  expect(desk.state.holdings.size).toBe(0)
})

it('does not guess which of two closes of one deal a confirm belongs to', () => {
  const desk = aLongDesk()
  desk.press('flatten')
  const first = desk.sent('close')[0]!.id
  desk.loseReply(first)
  desk.pass(1_500)
  desk.press('flatten')
  const second = desk.sent('close')[1]!.id
  desk.streamConfirm(aCloseConfirm('SECOND', 'DI1'))
  desk.acknowledge(second, 'SECOND')
  expect(desk.stage(second)).toBe('done')
  expect(desk.recorded('filled').filter(({ profit }) => profit !== null)).toMatchObject([{ id: second }])
})

/** Two closes of a quarter were sent, of which nobody told what came; the position is held at 4. */
function twoQuartersInDoubt(): readonly [desk: DrivenDesk, first: string, second: string] {
  const desk = aReadyDesk()
  desk.pass(15_000)
  desk.list([aPosition('DI1', { size: new Decimal(4) })])
  const quarter = (): string => {
    desk.want({ kind: 'close', dealId: dealId('DI1'), part: 'quarter' })
    const { id } = desk.sent('close').at(-1)!
    desk.loseReply(id)
    desk.pass(1_500)
    return id
  }
  return [desk, quarter(), quarter()]
}

const read = (desk: DrivenDesk, size: number): void => {
  desk.pass(3_000)
  while (desk.state.book.reading) desk.list([aPosition('DI1', { size: new Decimal(size) })])
}

it('does not take a position that is smaller for the proof of one of two closes that could have made it so', () => {
  const [desk, first, second] = twoQuartersInDoubt()
  for (let i = 0; i < 4; i++) read(desk, 3)
  expect([desk.stage(first), desk.stage(second)]).toEqual(['unresolved', 'unresolved'])
  expect(desk.recorded('filled')).toEqual([])
  desk.acknowledge(second, 'SECOND')
  desk.streamConfirm(aPartCloseConfirm('SECOND', 'DI1'))
  read(desk, 3)
  expect([desk.stage(first), desk.stage(second)]).toEqual(['unresolved', 'done'])
  expect(desk.recorded('filled')).toMatchObject([{ id: second, by: 'stream' }])
})

it('takes a position that is smaller by all that was asked for as the proof of each close', () => {
  const [desk, first, second] = twoQuartersInDoubt()
  for (let i = 0; i < 4; i++) read(desk, 2)
  expect([desk.stage(first), desk.stage(second)]).toEqual(['done', 'done'])
})

it('gives a close to the confirm that told it, and leaves the other as it was', () => {
  const [desk, first, second] = twoQuartersInDoubt()
  desk.acknowledge(second, 'SECOND')
  desk.streamConfirm(aPartCloseConfirm('SECOND', 'DI1'))
  for (let i = 0; i < 4; i++) read(desk, 3)
  expect([desk.stage(first), desk.stage(second)]).toEqual(['unresolved', 'done'])
})
