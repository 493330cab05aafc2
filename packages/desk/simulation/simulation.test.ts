import { expect, it } from 'vitest'
import { failureReport } from './session/failure-report.ts'
import { planFor, play } from './session/simulate.ts'
import { addCounts, noCounts } from './session/witness.ts'

const RUNS = 500

it(`keeps its promises in ${RUNS} sessions with every fault, crashes and other hands`, { timeout: 300_000 }, () => {
  let counts = noCounts()
  for (let seed = 1; seed <= RUNS; seed++) {
    const run = play(planFor(seed))
    if (run.failure) throw new Error(failureReport(run.failure))
    counts = addCounts(counts, run.counts)
  }
  // The sessions are not idle.
  expect(counts.entries).toBeGreaterThan(RUNS)
  expect(counts.exits).toBeGreaterThan(RUNS)
  expect(counts.amendments).toBeGreaterThan(RUNS / 4)
  expect(counts.faults).toBeGreaterThan(RUNS)
  expect(counts.crashes).toBeGreaterThan(RUNS / 4)
  expect(counts.unresolved).toBeGreaterThan(10)
  expect(counts.flats).toBeGreaterThan(RUNS)
})

it.each([
  [802_073, 'the history is asked by a machine whose clock is an hour and a half ahead'],
  [8_234, 'the confirm of a close comes after midnight, when the list has settled it before'],
  [8_770, 'two closes of half a position are in doubt, and one of them is what the list shows'],
  [4_483, 'of a position that was seen smaller by more than a close, the list shows that something is left'],
  [12_759, 'the list shows what somebody left of a position before its confirm comes'],
  [15_818, 'a position is shown again after it was gone, goes once more, and the disk is full'],
  [4_102, 'a position that was gone is shown again, and is gone once more on the next day'],
  [12_698, 'what was gone is shown again in part, and its result is booked before the program is started anew'],
  [18_038, 'the confirm of a close of a part comes before its answer, beside a close of the whole that got none'],
  [26_022, 'a part that was closed while the program was down is seen by a close before the lists agree'],
  [14_995, 'the broker booked a result of nothing for what was closed elsewhere'],
])('keeps its promises in session %i, in which it once broke one: %s', seed => {
  const { failure } = play(planFor(seed))
  if (failure) throw new Error(failureReport(failure))
})

it('plays the same session again from its seed', () => {
  const linesOf = (seed: number) => {
    const lines: string[] = []
    play(planFor(seed), line => lines.push(line))
    return lines
  }
  expect(linesOf(11)).toEqual(linesOf(11))
  expect(linesOf(11)).not.toEqual(linesOf(12))
})
