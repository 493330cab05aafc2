import { expect, it } from 'vitest'
import { wrappedWords } from './wrapped-words.ts'

it.each([
  ['bought 1 at 1.08521', 30, 2, ['bought 1 at 1.08521']],
  ['bought 1 at 1.08521', 12, 2, ['bought 1 at', '1.08521']],
  ['bought 1 at 1.08521 now', 12, 2, ['bought 1 at', '1.08521 now']],
  ['bought 1 at 1.08521 just now', 12, 2, ['bought 1 at', '1.08521 jus…']],
  ['bought 1 at 1.08521', 12, 1, ['bought 1 at…']],
  ['onelongword here', 5, 2, ['onel…']],
  ['', 5, 2, ['']],
  ['日経 225', 5, 2, ['日経', '225']],
])('%j in %d columns and %d rows: %j', (text, width, rows, lines) => {
  expect(wrappedWords(text, width, rows)).toEqual(lines)
})
