import { expect, it } from 'vitest'
import { marketGaps } from './market-gaps.ts'
import type { TapeInput } from './tape-entry.ts'

const FRIDAY = Date.UTC(2014, 4, 2, 20, 59)
const SUNDAY = Date.UTC(2014, 4, 4, 21)
const MINUTE = 60_000

function tick(epic: string, atMs: number): TapeInput {
  return { kind: 'tick', epic, atMs, bidUnits: 1, offerUnits: 2 }
}

/** `A 0`, `A EDITS_ONLY 0`: what happens, in minutes after Friday's last quote. */
function told(inputs: readonly TapeInput[]): readonly string[] {
  return inputs.map(input => {
    const minutes = (input.atMs - FRIDAY) / MINUTE
    return input.kind === 'market-state' ? `${input.epic} ${input.state} ${minutes}` : `${input.epic} ${minutes}`
  })
}

it('closes a market from its last quote before a weekend until the first after it', () => {
  const gaps = marketGaps(['A'], 30 * MINUTE)
  const weekend = (SUNDAY - FRIDAY) / MINUTE
  expect(told(gaps.mark([tick('A', FRIDAY), tick('A', SUNDAY)]))).toEqual([
    'A 0',
    'A EDITS_ONLY 0',
    `A TRADEABLE ${weekend}`,
    `A ${weekend}`,
  ])
})

it('sees a hole between two batches as well', () => {
  const gaps = marketGaps(['A'], 30 * MINUTE)
  gaps.mark([tick('A', FRIDAY)])
  expect(told(gaps.mark([tick('A', FRIDAY + 31 * MINUTE)]))).toEqual(['A EDITS_ONLY 0', 'A TRADEABLE 31', 'A 31'])
})

it('leaves a market open through a silence that is not longer than asked for', () => {
  const gaps = marketGaps(['A'], 30 * MINUTE)
  expect(told(gaps.mark([tick('A', FRIDAY), tick('A', FRIDAY + 30 * MINUTE)]))).toEqual(['A 0', 'A 30'])
})

it('closes a market that has been silent for so long while others go on, and opens it with its next quote', () => {
  const gaps = marketGaps(['A', 'B'], 2 * MINUTE)
  const minutes = [0, 1, 2, 3, 4, 5]
  const inputs = minutes.flatMap(at => [
    tick('A', FRIDAY + at * MINUTE),
    ...(at === 0 || at === 5 ? [tick('B', FRIDAY + at * MINUTE)] : []),
  ])
  expect(told(gaps.mark(inputs))).toEqual([
    'A 0',
    'B 0',
    'A 1',
    'A 2',
    'B EDITS_ONLY 3',
    'A 3',
    'A 4',
    'A 5',
    'B TRADEABLE 5',
    'B 5',
  ])
})

it('believes a state on the tape more than its silence', () => {
  const gaps = marketGaps(['A'], 30 * MINUTE)
  const closed: TapeInput = { kind: 'market-state', epic: 'A', atMs: FRIDAY, state: 'CLOSED' }
  const open: TapeInput = { kind: 'market-state', epic: 'A', atMs: SUNDAY, state: 'TRADEABLE' }
  const inputs = [tick('A', FRIDAY), closed, open, tick('A', SUNDAY)]
  expect(gaps.mark(inputs)).toEqual(inputs)
})

it('sees no hole where time begins anew', () => {
  const gaps = marketGaps(['A'], 30 * MINUTE)
  gaps.mark([tick('A', SUNDAY)])
  gaps.forget()
  expect(told(gaps.mark([tick('A', FRIDAY)]))).toEqual(['A 0'])
})

it('opens no market that the tape itself says is closed, and gives back the state that it says', () => {
  const gaps = marketGaps(['A'], 30 * MINUTE)
  const state = (atMs: number, of: 'CLOSED' | 'CLOSINGS_ONLY'): TapeInput => ({
    kind: 'market-state',
    epic: 'A',
    atMs,
    state: of,
  })
  const inputs = [
    state(FRIDAY, 'CLOSED'),
    tick('A', FRIDAY),
    tick('A', FRIDAY + 60 * MINUTE),
    state(FRIDAY + 60 * MINUTE, 'CLOSINGS_ONLY'),
    tick('A', FRIDAY + 60 * MINUTE),
    tick('A', FRIDAY + 120 * MINUTE),
  ]
  expect(told(gaps.mark(inputs))).toEqual([
    'A CLOSED 0',
    'A 0',
    'A 60',
    'A CLOSINGS_ONLY 60',
    'A 60',
    'A EDITS_ONLY 60',
    'A CLOSINGS_ONLY 120',
    'A 120',
  ])
  gaps.forget()
  expect(told(gaps.mark([tick('A', FRIDAY)]))).toEqual(['A TRADEABLE 0', 'A 0'])
})
