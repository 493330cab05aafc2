import { afterEach, expect, it } from 'vitest'
import { startLinearScreen } from '../linear/linear-screen.ts'
import { linearTextsOf } from '../linear/linear-texts.ts'
import type { WorldClock } from '../rerun/world-clock.ts'
import type { Screen } from '../screen/screen.ts'
import { watchedSession } from '../testing/watched-session.ts'
import { ENGLISH } from '../texts/english.ts'
import { startPlainScreen } from './plain-screen.ts'

/** A whole session whose screen is lines of text: what is written, in which order and when. */

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

interface Line {
  readonly text: string
  readonly atMs: number
}

/** A screen that writes lines, and what it has written. */
function heard(open: (clock: WorldClock, write: (text: string) => void) => Screen) {
  const lines: Line[] = []
  let screen: Screen | null = null
  return {
    lines,
    show(view: Parameters<Screen['show']>[0], clock: WorldClock) {
      screen ??= open(clock, written => {
        for (const text of written.split(/\r?\n/)) if (text !== '') lines.push({ text, atMs: clock.monotonicMs() })
      })
      screen.show(view)
    },
  }
}

/** The same session in the linear mode and in the text mode. */
async function started(mock: Parameters<typeof watchedSession>[0]['mock'] = {}) {
  const linear = heard((clock, write) => startLinearScreen({ write, texts: linearTextsOf('en'), clock }))
  const plain = heard((clock, write) =>
    startPlainScreen({
      clock,
      texts: ENGLISH,
      write(text, done) {
        write(text)
        done(null)
      },
    }),
  )
  const session = await watchedSession({
    mock,
    show(view, clock) {
      linear.show(view, clock)
      plain.show(view, clock)
    },
  })
  closing.push(session.close)
  await session.pass(2_000)
  /** Both modes, in the lines since a time. */
  const saysFlat = (sinceMs: number): readonly boolean[] => [
    linear.lines.some(({ text, atMs }) => atMs >= sinceMs && /^FLAT/.test(text)),
    plain.lines.some(({ text, atMs }) => atMs >= sinceMs && /· FLAT( ·|$)/.test(text)),
  ]
  return { session, linear: linear.lines, plain: plain.lines, saysFlat, now: () => session.clock.monotonicMs() }
}

it('the linear mode tells each event in the frame after it, in the order in which they came', async () => {
  const { session, linear } = await started()
  const pressedAtMs = session.clock.monotonicMs()
  const from = linear.length
  for (const action of ['buy', 'stop-up', 'flatten'] as const) {
    await session.press(action)
    await session.pass(2_000)
  }
  const told = linear
    .slice(from)
    .map(({ text }) => text)
    .filter(text => /^(SENT|FILLED|CHANGING|AMENDED|CLOSING|CLOSED|FLAT|OPEN)/.test(text))
    .map(text => text.replace(/ \((slipped|better)[^)]*\)/, '').replaceAll(/\d\.\d{5}/g, 'L'))
  expect(told.map(text => text.replace(/result .*/, 'result'))).toEqual([
    'SENT BUY 1 EUR/USD, stop 15 points',
    'FILLED: BOUGHT 1 EUR/USD at L, stop L',
    'OPEN',
    'CHANGING to stop L, limit none',
    'AMENDED: stop L, limit none',
    'CLOSING 1 position',
    'CLOSED: BUY 1 at L, result',
    'FLAT: the broker reports no position and no working order',
  ])
  expect((linear[from]?.atMs ?? Number.POSITIVE_INFINITY) - pressedAtMs).toBeLessThanOrEqual(17)
})

it('both modes of lines say FLAT only when the broker said so, and take it back with the stream', async () => {
  const silent = { fault: 'goSilent', when: { afterMs: 8_000 }, forMs: 30_000 } as const
  const { session, saysFlat, linear, plain, now } = await started({ faults: [silent] })
  expect(saysFlat(0)).toEqual([true, true])
  await session.press('buy')
  await session.pass(100)
  const boughtMs = now()
  await session.pass(1_400)
  await session.press('flatten')
  // Sent, and not answered yet.
  await session.pass(17)
  expect(saysFlat(boughtMs)).toEqual([false, false])
  await session.pass(3_000)
  expect([saysFlat(boughtMs), session.view.exposure]).toEqual([[true, true], 'flat'])

  await session.pass(10_000)
  const [lostMs = Number.NaN] = linear.filter(({ text }) => text === 'UNKNOWN').map(({ atMs }) => atMs)
  expect(lostMs).toBeGreaterThan(boughtMs)
  expect(saysFlat(lostMs)).toEqual([false, false])
  expect(plain.at(-1)?.text).toMatch(/· UNKNOWN ·/)
})
