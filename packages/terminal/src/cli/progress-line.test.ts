import { expect, it } from 'vitest'
import { progressLine } from './progress-line.ts'

function terminal(changes: { readonly isTTY?: boolean; readonly columns?: number } = { isTTY: true }) {
  let written = ''
  const stream = {
    write(text: string) {
      written += text
      return true
    },
    ...changes,
  }
  return { line: progressLine(stream), written: () => written }
}

it('writes over its own line, and only when something changed', () => {
  const { line, written } = terminal()
  line.show('1 %')
  line.show('1 %')
  line.show('2 %')
  expect(written()).toBe('\r1 %\x1b[K\r2 %\x1b[K')
})

it('puts what is printed for good above the line, which stays', () => {
  const { line, written } = terminal()
  line.show('1 %')
  line.print('a notice')
  expect(written()).toBe('\r1 %\x1b[K\r\x1b[Ka notice\n\r1 %\x1b[K')
})

it('takes its line away', () => {
  const { line, written } = terminal()
  line.show('1 %')
  line.clear()
  line.clear()
  expect(written()).toBe('\r1 %\x1b[K\r\x1b[K')
})

it('never wraps', () => {
  const { line, written } = terminal({ isTTY: true, columns: 10 })
  line.show('0123456789abc')
  expect(written()).toBe('\r012345678\x1b[K')
})

it('shows what it can on a terminal that does not know its width', () => {
  const { line, written } = terminal({ isTTY: true, columns: 0 })
  line.show('1 %')
  expect(written()).toBe('\r1 %\x1b[K')
})

it('shows nothing in a pipe, where only what is printed goes', () => {
  const { line, written } = terminal({})
  line.show('1 %')
  line.print('a notice')
  line.clear()
  expect(written()).toBe('a notice\n')
})
