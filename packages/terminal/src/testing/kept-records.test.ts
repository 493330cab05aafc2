import { expect, it } from 'vitest'
import { wholeRecords } from './kept-records.ts'

it.each([
  ['nothing written yet', '', []],
  ['a line that is being written', '{"kind":"started"}\n{"kind":"about-to-op', ['started']],
  ['a line whose end is not written yet', '{"kind":"started"}\n{"kind":"about-to-open"}', ['started']],
  ['whole lines', '{"kind":"started"}\n{"kind":"about-to-open"}\n', ['started', 'about-to-open']],
])('a journal is read while it is written: %s', (_, text, kinds) => {
  expect(wholeRecords(text).map(({ kind }) => kind)).toEqual(kinds)
})
