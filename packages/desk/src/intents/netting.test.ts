import { Decimal } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import { aContract, aPosition } from '../testing/desk-fixtures.ts'
import { aReadyDesk, type DrivenDesk, lastClose } from '../testing/driven-desk.ts'

const held = (deal: string, size: number, day: number, direction: 'BUY' | 'SELL' = 'BUY') =>
  aPosition(deal, { size: new Decimal(size), direction, createdAtMs: Date.UTC(2026, 0, day) })

/** A desk whose key deals 3, with these positions listed. */
function netting(mode: 'net' | 'hedge', ...positions: ReturnType<typeof aPosition>[]): DrivenDesk {
  const desk = aReadyDesk({ mode, contracts: [aContract({ size: new Decimal(3) })] })
  desk.pass(15_000)
  desk.list(positions)
  desk.quote()
  return desk
}

const closes = (desk: DrivenDesk) =>
  desk.sent('close').map(({ order }) => `${order.dealId} ${order.direction} ${order.size}`)

it('opens a position of its own with every key in hedge mode', () => {
  const desk = netting('hedge', held('DI1', 3, 1))
  desk.press('SELL')
  expect([desk.sent('open').length, closes(desk)]).toEqual([1, []])
})

it('reduces what is held by the opposite key in net mode, oldest first, and no more than its size', () => {
  const desk = netting('net', held('DINEW', 2, 9), held('DIOLD', 2, 3), held('DISHORT', 5, 1, 'SELL'))
  desk.press('SELL')
  expect(closes(desk)).toEqual(['DIOLD SELL 2', 'DINEW SELL 1'])
  expect([desk.sent('open'), desk.words]).toEqual([[], 'REDUCING: SELL reduces what is held'])
})

it('never opens what is left over, so that no press leaves a position that nobody meant', () => {
  const desk = netting('net', held('DI1', 1, 1))
  desk.press('SELL')
  expect([closes(desk), desk.sent('open')]).toEqual([['DI1 SELL 1'], []])
  expect(desk.words).toBe('REDUCING: SELL reduces what is held; 2 is left over and opens nothing')
})

it('enters as in hedge mode when nothing is opposite', () => {
  const desk = netting('net', held('DI1', 1, 1))
  desk.press('BUY')
  expect(desk.sent('open')).toHaveLength(1)
})

it('never asks the guard to reduce', () => {
  const desk = netting('net', held('DI1', 3, 1))
  desk.want({ kind: 'disarm' })
  desk.press('SELL')
  expect(closes(desk)).toEqual(['DI1 SELL 3'])
})

it('does not double what is under way, and does not enter instead', () => {
  const desk = netting('net', held('DI1', 3, 1))
  desk.press('SELL')
  desk.press('SELL')
  expect([closes(desk).length, desk.sent('open')]).toEqual([1, []])
  expect(desk.words).toBe('CLOSING ALREADY: SELL reduces what is held')
  desk.loseReply(lastClose(desk))
  desk.press('SELL')
  expect(desk.sent('open')).toEqual([])
})

it('does not make a flatten that has used up its tries try once more, when a close by this key is refused as well', () => {
  const desk = netting('net', held('DI1', 3, 1))
  desk.press('flatten')
  for (let tries = 1; tries <= 3; tries += 1) {
    desk.refuse(lastClose(desk))
    if (tries < 3) desk.pass(500)
  }
  desk.press('SELL')
  desk.refuse(lastClose(desk))
  desk.pass(5_000)
  expect(desk.sent('close').map(({ id }) => id)).toEqual(['R1.1', 'R1.2', 'R1.3', 'R2.1'])
})
