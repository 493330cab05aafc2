import { manualClock } from '@scalpdesk/testkit'
import { expect, it } from 'vitest'
import { FULL_VIEW } from '../screen/test/full-view.ts'
import { ENGLISH } from '../texts/english.ts'
import { startPlainScreen } from './plain-screen.ts'

function opened() {
  const clock = manualClock()
  const written: string[] = []
  const painted: number[] = []
  let take: (() => void) | null = null
  const screen = startPlainScreen({
    clock,
    texts: ENGLISH,
    write(text, done) {
      written.push(text)
      take = () => done(null)
    },
  })
  screen.onPainted(sequence => void painted.push(sequence))
  return { screen, written, painted, clock, taken: () => take?.() }
}

it('says what is open, whether entries are on, and what became of the last key, in two lines', () => {
  const { screen, written } = opened()
  screen.show(FULL_VIEW)
  expect(written).toHaveLength(1)
  const lines = written[0]?.split('\r\n').filter(line => line !== '')
  expect(lines).toHaveLength(2)
  expect(lines?.[0]).toContain(FULL_VIEW.quote.bid)
  expect(lines?.[1]).toContain(FULL_VIEW.outcome.text)
  expect(lines?.[1]).toMatch(/MOCK · .* · ARMED · OPEN/)
})

it('writes what matters at once, a price once a second, and one text at a time', () => {
  const { screen, written, taken, clock } = opened()
  screen.show(FULL_VIEW)
  screen.show({ ...FULL_VIEW, outcome: { tone: 'bad', text: 'DENIED BUY: x' } })
  expect(written).toHaveLength(1)
  taken()
  expect(written.at(-1)).toContain('DENIED BUY: x')
  taken()
  screen.show({
    ...FULL_VIEW,
    outcome: { tone: 'bad', text: 'DENIED BUY: x' },
    quote: { ...FULL_VIEW.quote, bid: '9.9' },
  })
  expect(written).toHaveLength(2)
  clock.advance(1_000)
  screen.show({
    ...FULL_VIEW,
    outcome: { tone: 'bad', text: 'DENIED BUY: x' },
    quote: { ...FULL_VIEW.quote, bid: '9.9' },
  })
  expect(written.at(-1)).toContain('9.9')
})

it('says that a frame was painted once the terminal has taken it', () => {
  const { screen, painted, taken } = opened()
  const sequence = screen.show(FULL_VIEW)
  expect(painted).toEqual([])
  taken()
  expect(painted).toEqual([sequence])
})

it('writes nothing of a text that could move the cursor', () => {
  const { screen, written } = opened()
  screen.show({ ...FULL_VIEW, outcome: { tone: 'bad', text: 'REJECTED \x1b[2J' } })
  expect(written.join('')).not.toContain('\x1b')
})

it('writes nothing once it is stopped', () => {
  const { screen, written } = opened()
  screen.stopNow()
  screen.show(FULL_VIEW)
  expect(written).toEqual([])
})

it('leaves out no outcome that came while the terminal was slow, nor one behind a question', () => {
  const { screen, written, taken } = opened()
  const says = (text: string) => ({ ...FULL_VIEW, outcome: { tone: 'info', text } as const })
  screen.show(says('one'))
  for (const text of ['two', 'three', 'four']) screen.show(says(text))
  taken()
  expect(written[1]).toMatch(/^\r\ntwo\r\nthree\r\n.*\r\n.*four$/)
  taken()
  const asked = { text: 'Lock the day? y / n', short: 'Lock the day? y / n' }
  screen.show({ ...says('five'), question: asked })
  expect(written[2]).toMatch(/^\r\nfive\r\n.*\r\n.*Lock the day\? y \/ n$/)
})
