import { describe, expect, it } from 'vitest'
import { KITTY, keyboard } from '../testing/read-keyboard.ts'

describe('while something is typed', () => {
  const typed = (...reads: string[]) => {
    const keys = keyboard('text')
    for (const [index, read] of reads.entries()) keys.read(read, index * 1_000)
    return [keys.actions, keys.texts.map(input => (input.kind === 'char' ? input.text : `<${input.kind}>`)).join('')]
  }

  it.each<[what: string, reads: string[], actions: string[], text: string]>([
    ['letters, digits and Space are text and trade nothing', ['b', 's', ' ', '1', 'É', 'h'], [], 'bs 1Éh'],
    ['the keys that work on a line are told', ['\x7f', '\r', '\x1b[A', '\x1b[B'], [], '<backspace><enter><up><down>'],
    ['Ctrl+Space closes everything, also as a byte', ['\0', '\x1b[32;5u'], ['flatten', 'flatten'], ''],
    ['Shift+Space is a space', ['\x1b[32;2;32u'], [], ' '],
    ['Ctrl+C quits', ['\x03'], ['quit'], ''],
    ['a bare Ctrl key enters nothing', [KITTY, '\x1b[57448;5u\x1b[57448;5:3u'], [], ''],
    ['fast letters in one read are text, but Enter among them is not', ['eurusd\r'], [], 'eurusd'],
    ['a marked paste is not typed', ['\x1b[200~GO LIVE\x1b[201~'], [], ''],
    [
      'a held Backspace of the kitty protocol goes on',
      [KITTY, '\x1b[127u', '\x1b[127;1:2u'],
      [],
      '<backspace><backspace>',
    ],
  ])('%s', (_what, reads, actions, text) => {
    expect(typed(...reads)).toEqual([actions, text])
  })

  it('a tap of a modifier that is bound to an exit closes', () => {
    const keys = keyboard('text', { own: [{ chord: 'Right Alt', action: 'flatten' }] }).read(KITTY)
    expect(keys.read('\x1b[57449;3u\x1b[57449;3:3u').actions).toEqual(['flatten'])
  })
})

describe('while the keys are shown', () => {
  it.each([
    ['any key closes them', 'b', ['help']],
    ['entries do nothing else', '\x1b[57448;5u\x1b[57448;5:3u', []],
    ['exits act', ' ', ['flatten']],
    ['several keys close them once', 'jk', ['help']],
    ['Ctrl+C closes them', '\x03', ['help']],
    ['page down and page up turn their pages', '\x1b[6~\x1b[5~', ['next-selection', 'previous-selection']],
  ])('%s', (_what, text, expected) => {
    expect(keyboard('help').read(KITTY).read(text).actions).toEqual(expected)
  })
})

describe('the focus', () => {
  it('is told when it goes and comes', () => {
    expect(keyboard().read('\x1b[O').read('\x1b[I', 500).focus).toEqual([false, true])
  })

  it('makes no entry of a key that comes with it; an exit acts', () => {
    const keys = keyboard().read('\x1b[Ib ')
    expect([keys.actions, keys.notices]).toEqual([['flatten'], [{ id: 'focus', values: { chord: 'b', count: 1 } }]])
    expect(keyboard().read('\x1b[I', 0).read('b', 300).actions).toEqual(['buy'])
  })

  it('makes no entry of a key behind its loss, but one of a key before', () => {
    expect([keyboard().read('\x1b[Ob').actions, keyboard().read('b\x1b[O').actions]).toEqual([[], ['buy']])
  })

  it('makes no tap of a modifier that was down while it changed, or that came with it', () => {
    const before = keyboard().read(KITTY).read('\x1b[57442u', 0).read('\x1b[O', 20).read('\x1b[I', 40)
    const within = keyboard().read(KITTY).read('\x1b[I\x1b[57442u', 0)
    expect([before, within].map(keys => keys.read('\x1b[57442;5:3u', 90).actions)).toEqual([[], []])
  })

  it('is told although a burst came with it', () => {
    expect(keyboard().read('bbbbbbb\x1b[O').focus).toEqual([false])
  })
})
