import { seenTerminal } from '@scalpdesk/testkit'
import { expect, it } from 'vitest'
import { skeleton } from './skeleton.ts'

it.each([
  [80, 24],
  [64, 20],
  [200, 60],
  [20, 4],
  [3, 2],
  [1, 1],
])('fits %dx%d and says nothing that could be untrue', async (columns, rows) => {
  const terminal = seenTerminal(columns, rows)
  terminal.write(`\x1b[?1049h${skeleton(columns, rows, 'MOCK · scalpdesk')}`)
  await terminal.drawn()
  const lines = terminal.screen().split('\n')
  expect(lines[0]?.trimEnd()).toBe(' MOCK · scalpdesk'.slice(0, columns).trimEnd())
  expect(terminal.screen()).not.toMatch(/FLAT|OPEN|\d/)
  if (columns >= 20 && rows >= 4) expect(terminal.screen()).toContain('starting…')
})

it('does not let a title write control sequences', () => {
  expect(skeleton(80, 24, 'x\x1b[31m')).toContain(' x?[31m')
})
