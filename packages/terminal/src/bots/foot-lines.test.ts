import { seenTerminal } from '@scalpdesk/testkit'
import { expect, it } from 'vitest'
import { footLines } from './foot-lines.ts'

function rig(columns: number, isTTY = true) {
  const terminal = seenTerminal(columns, 8)
  let written = ''
  const write = (text: string): boolean => {
    written += text
    terminal.write(text.replaceAll('\n', '\r\n'))
    return true
  }
  return {
    foot: footLines({ write, isTTY, columns }),
    write,
    written: () => written,
    async screen() {
      await terminal.drawn()
      return terminal.screen().split('\n')
    },
  }
}

it('keeps its lines below what is written above them, and writes over them in place', async () => {
  const { foot, write, screen } = rig(20)
  foot.show(() => ['one: 1', 'two: 1'])
  foot.above(() => write('a line\n'))
  foot.show(() => ['one: 2', 'two: 1'])
  foot.above(() => write('another line\n'))
  expect(await screen()).toEqual(['a line', 'another line', 'one: 2', 'two: 1'])
  foot.clear()
  foot.clear()
  expect(await screen()).toEqual(['a line', 'another line'])
})

it('never wraps, and writes nothing where nothing has changed', async () => {
  const { foot, written, screen } = rig(10)
  foot.show(columns => [`${columns} columns, and more`])
  const before = written()
  foot.show(columns => [`${columns} columns, and more`])
  expect(written()).toBe(before)
  expect(await screen()).toEqual(['9 columns'])
})

it('writes nothing in a pipe but what goes above', () => {
  const { foot, write, written } = rig(20, false)
  foot.show(() => ['one'])
  foot.above(() => write('a line\n'))
  foot.clear()
  expect(written()).toBe('a line\n')
})
