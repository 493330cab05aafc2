import { expect, it } from 'vitest'
import { QuietedLines } from './quieted-lines.ts'

const denied = (text: string, bot = 'one') => ({ bot, kind: 'denied', text }) as const

it('says a denial that comes again and again now and then, with how often it came', () => {
  const lines = new QuietedLines()
  expect(lines.pass(denied('too many: 31'), 0)).toEqual(denied('too many: 31'))
  expect(lines.pass(denied('too many: 32'), 100)).toBeNull()
  expect(lines.pass(denied('too many: 33'), 9_999)).toBeNull()
  expect(lines.pass(denied('too many: 34'), 10_000)?.text).toBe('too many: 34 (and 2 times since it was said last)')
})

it('holds back neither another denial, nor that of another bot, nor what was dealt', () => {
  const lines = new QuietedLines()
  const dealt = { bot: 'one', kind: 'deal', text: 'opened' } as const
  for (const line of [denied('paused'), denied('too large'), denied('paused', 'two'), dealt, dealt])
    expect(lines.pass(line, 0)).toEqual(line)
})
