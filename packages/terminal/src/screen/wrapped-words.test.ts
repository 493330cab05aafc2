import { expect, it } from 'vitest'
import { wordPages, wrappedWords } from './wrapped-words.ts'

it.each([
  ['bought 1 at 1.08521', 30, 2, ['bought 1 at 1.08521']],
  ['bought 1 at 1.08521', 12, 2, ['bought 1 at', '1.08521']],
  ['bought 1 at 1.08521 now', 12, 2, ['bought 1 at', '1.08521 now']],
  ['bought 1 at 1.08521 just now', 12, 2, ['bought 1 at', '1.08521 jus…']],
  ['bought 1 at 1.08521', 12, 1, ['bought 1 at…']],
  ['onelongword here', 5, 2, ['onelo', 'ngwo…']],
  ['onelongword here', 5, 4, ['onelo', 'ngwor', 'd', 'here']],
  ['', 5, 2, ['']],
  ['日経 225', 5, 2, ['日経', '225']],
  // No line begins with a sign that belongs to the line before, beside an apostrophe that is none of ASCII either.
  ['l’ordre est refusé\u00a0: non', 18, 2, ['l’ordre est', 'refusé\u00a0: non']],
])('%j in %d columns and %d rows: %j', (text, width, rows, lines) => {
  expect(wrappedWords(text, width, rows)).toEqual(lines)
})

it.each([
  ['bought 1 at 1.08521', 30, 2, ['bought 1 at 1.08521']],
  ['bought 1 at 1.08521, stop 1.08371', 14, 2, ['bought 1 at / 1.08521,…', '…stop 1.08371']],
  ['bought 1 at 1.08521, stop 1.08371', 14, 1, ['bought 1 at…', '…1.08521,…', '…stop 1.08371']],
  ['a REASON_THAT_IS_ONE_WORD', 12, 1, ['a…', '…REASON_THA…', '…T_IS_ONE_W…', '…ORD']],
  ['日経平均 225', 8, 1, ['日経平…', '…均 225']],
  ['', 5, 2, ['']],
])('%j in pages of %d columns and %d rows: %j', (text, width, rows, pages) => {
  expect(wordPages(text, width, rows).map(page => page.join(' / '))).toEqual(pages)
})
