import { expect, it } from 'vitest'
import { printable } from './printable.ts'

it('shows control characters instead of obeying them, and leaves text as it is', () => {
  expect(printable('Gold\x1b[2J\u202e é 金')).toBe('Gold\\u{1b}[2J\\u{202e} é 金')
})
