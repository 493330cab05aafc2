import { describe, expect, it } from 'vitest'
import type { DeskEvent } from '../src/desk-event.ts'
import { type DeskState, initialState, process } from '../src/index.ts'
import { failureReport } from './session/failure-report.ts'
import type { DeskUnderTest } from './session/program.ts'
import { type Failure, planFor, play } from './session/simulate.ts'

/** A desk whose events, or whose answers to them, are changed on the way. */
function broken(change: {
  before?(event: DeskEvent, state: DeskState): DeskEvent
  after?(result: ReturnType<typeof process>, event: DeskEvent): ReturnType<typeof process>
  start?: typeof initialState
}): DeskUnderTest {
  const { before = event => event, after = result => result, start = initialState } = change
  return {
    process: (state, event) => after(process(state, before(event, state)), event),
    initialState: start,
  }
}

const BUGS: readonly (readonly [string, RegExp, DeskUnderTest])[] = [
  [
    'sends an order again when its answer is lost',
    /was sent twice/,
    broken({
      after({ state, effects }, event) {
        if (event.kind !== 'submitted' || event.submission.kind !== 'unknown') return { state, effects }
        const again = sentBefore.get(event.id)
        return { state, effects: [...effects, ...(again ?? [])] }
      },
    }),
  ],
  [
    'sends an order without its record',
    /without its record/,
    broken({
      after: ({ state, effects }) => ({
        state,
        effects: effects.filter(effect => effect.kind !== 'journal' || effect.record.kind !== 'about-to-open'),
      }),
    }),
  ],
  [
    'writes down at once again what could not be written down',
    /answers without end/,
    broken({
      after: ({ state, effects }, event) =>
        event.kind === 'journal-failed' && event.id === 'guard'
          ? { state, effects: [...effects, { kind: 'journal', record: guardRecord(event.atMs), entry: 'guard' }] }
          : { state, effects },
    }),
  ],
  [
    'takes a lost answer for a refusal',
    /is called rejected, but the broker dealt it/,
    broken({
      before: event =>
        event.kind === 'submitted' && event.submission.kind === 'unknown'
          ? { ...event, submission: { kind: 'rejected', code: 'lost', httpStatus: 400 } }
          : event,
    }),
  ],
  [
    'believes every reading, whatever happened since it was asked for',
    /FLAT while/,
    broken({
      after({ state, effects }) {
        const { book } = state
        const agreed = book.agreedAt === null ? book : { ...book, agreedAt: book.changes }
        return { state: { ...state, book: agreed, holdings: new Map() }, effects }
      },
    }),
  ],
  [
    'drops what it cannot find out',
    /is not shown any more, but has no end/,
    broken({
      after: ({ state, effects }) => ({
        state: { ...state, orders: new Map([...state.orders].filter(([, { stage }]) => stage.kind !== 'checking')) },
        effects,
      }),
    }),
  ],
  [
    'forgets its open questions when it starts again',
    /was forgotten by the restart/,
    broken({
      start: ({ recovered, ...setup }) =>
        initialState({ ...setup, ...(recovered && { recovered: { ...recovered, orders: [] } }) }),
    }),
  ],
  [
    'forgets a locked day when it starts again',
    /although the day was locked before/,
    broken({
      start: ({ recovered, ...setup }) =>
        initialState({ ...setup, ...(recovered && { recovered: { ...recovered, facts: [] } }) }),
    }),
  ],
  ['has no limits', /at most 5 are allowed/, broken({ start: setup => initialState({ ...setup, limits: {} }) })],
  [
    'overlooks a position that the broker lists',
    /the broker's are/,
    broken({
      before: event =>
        event.kind === 'book-read' && event.book.positions.length > 1
          ? { ...event, book: { ...event.book, positions: event.book.positions.slice(0, 1) } }
          : event,
    }),
  ],
  [
    'counts a charge twice',
    /the day's charges come to/,
    broken({
      before(event) {
        if (event.kind !== 'charges-found' || !event.booked) return event
        const again = event.booked.filter(({ what }) => what.kind === 'charge')
        return { ...event, booked: [...event.booked, ...again.map(row => ({ ...row, id: `${row.id} again` }))] }
      },
    }),
  ],
  [
    'never writes down again what a full disk did not take',
    /by (the|its) journal|but the journal/,
    broken({
      before: event =>
        event.kind === 'journal-failed' && event.id === 'guard' ? { kind: 'clock', atMs: event.atMs } : event,
    }),
  ],
  [
    'says nothing of a refusal',
    /showed nothing/,
    broken({
      after: ({ state, effects }, event) =>
        event.kind === 'intent' && effects.length <= 2
          ? { state: { ...state, news: NO_NEWS }, effects }
          : { state, effects },
    }),
  ],
]

const guardRecord = (atMs: number) => ({ kind: 'guard', atMs, fact: { kind: 'time', atMs, brokerMs: null } }) as const

/** Always the same object: nothing new is seen. */
const NO_NEWS: DeskState['news'] = []
const sentBefore = new Map<string, ReturnType<typeof process>['effects']>()

/** The first session that breaks this promise. */
function found(desk: DeskUnderTest, words: RegExp): Failure | null {
  for (let seed = 1; seed <= 400; seed++) {
    const { failure } = play(planFor(seed), null, recording(desk))
    if (failure && words.test(failure.words)) return failure
    if (failure && !failure.isPromise) throw new Error(failure.words)
  }
  return null
}

/** Keeps what was sent, for the desk that sends it again. */
function recording(desk: DeskUnderTest): DeskUnderTest {
  return {
    ...desk,
    process(state, event) {
      const result = desk.process(state, event)
      result.effects.forEach((effect, i) => {
        if (effect.kind === 'open') sentBefore.set(effect.id, result.effects.slice(i - 1, i + 1))
      })
      return result
    },
  }
}

describe('the simulation finds a desk that', () => {
  it.each(BUGS)('%s', (_, words, desk) => {
    const failure = found(desk, words)
    expect(failure).not.toBeNull()
    const report = failureReport(failure!, recording(desk))
    expect(report).toMatch(words)
    expect(report).toContain('again: pnpm simulate --seed')
    const [, needed, of] = /(\d+) of (\d+) steps are needed/.exec(report) ?? []
    expect(Number(needed)).toBeLessThanOrEqual(Number(of))
    expect(Number(needed)).toBeLessThan(20)
  })
})
