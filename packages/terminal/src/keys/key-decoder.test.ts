import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createKeyDecoder, type TerminalInput } from './key-decoder.ts'

const bytes = (text: string) => Buffer.from(text, 'utf8')
const decode = (...reads: string[]): TerminalInput[] => {
  const decoder = createKeyDecoder()
  return reads.flatMap(text => [...decoder.decode(bytes(text), 0)])
}
const names = (...reads: string[]) =>
  decode(...reads).map(input => (input.kind === 'key' ? `${input.name} ${input.event}` : input.kind))

it.each([
  ['letters', 'bs', ['b press', 's press']],
  ['Space', ' ', ['space press']],
  ['capital letters as keys of their own', 'B', ['B press']],
  ['Ctrl+C', '\x03', ['ctrl+c press']],
  ['Ctrl+Space', '\x00', ['ctrl+space press']],
  ['the end of a paste without its start', 'b\x1b[201~', ['b press', 'paste-end']],
  ['a character outside ASCII as one key', 'é', ['non-ascii press']],
  ['Alt held with a letter, which is not that letter', '\x1bb', ['alt+b press']],
  ['arrows as nothing', '\x1b[A\x1bOB', ['other-sequence', 'other-sequence']],
  ['an old mouse report whose bytes look like keys', '\x1b[Mb  b', ['other-sequence', 'b press']],
  ['a modern mouse report', '\x1b[<0;12;3M', ['other-sequence']],
  ['a title reply that holds key letters', '\x1b]0;buy b sell s\x07b', ['other-sequence', 'b press']],
  ['a device attributes reply', '\x1b[?62;22c', ['device-attributes']],
  ['kitty: b', '\x1b[98u', ['b press']],
  ['kitty: b held', '\x1b[98;1:2u', ['b repeat']],
  ['kitty: b released', '\x1b[98;1:3u', ['b release']],
  ['kitty: Left Ctrl', '\x1b[57442u\x1b[57442;5:3u', ['left-ctrl press', 'left-ctrl release']],
  [
    'kitty: Right Ctrl, whose press carries its own bit',
    '\x1b[57448;5u\x1b[57448;5:3u',
    ['right-ctrl press', 'right-ctrl release'],
  ],
  ['kitty: Ctrl+C', '\x1b[99;5u', ['ctrl+c press']],
  ['kitty: b under caps lock and num lock', '\x1b[98;193u', ['b press']],
  ['kitty: Shift+b', '\x1b[98:66;2u', ['shift+b press']],
  ['kitty: an event that does not exist', '\x1b[98;1:9u', ['other-sequence']],
])('reads %s', (_what, text, expected) => {
  expect(names(text)).toEqual(expected)
})

it('learns the keyboard flags that took hold', () => {
  expect(decode('\x1b[?11u')).toEqual([{ kind: 'kitty-flags', flags: 11 }])
})

it('gives marked pastes by their size and not as keys', () => {
  expect(decode('\x1b[200~bbb\x1b[201~b')).toEqual([
    { kind: 'paste', size: 3 },
    { kind: 'key', name: 'b', event: 'press', encoding: 'legacy' },
  ])
})

it('reads the same keys wherever the reads are cut', () => {
  const text = '\x1b[98u\x1b[98;1:3u\x1b[57448;5u\x1b[57448;5:3u\x1b[200~bs \x1b[201~\x1b[?11u\x1b[?62c \x1b[Mbbbq'
  const whole = decode(text)
  fc.assert(
    fc.property(fc.array(fc.nat(text.length), { maxLength: 8 }), cuts => {
      const places = [0, ...cuts.sort((a, b) => a - b), text.length]
      const reads = places.slice(1).map((end, index) => text.slice(places[index], end))
      const inputs = decode(...reads.filter(read => read !== ''))
      expect(inputs).toEqual(whole)
    }),
  )
})

it('never throws and never keeps more than a bounded rest, whatever bytes come', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 20 }), reads => {
      const decoder = createKeyDecoder()
      for (const read of reads) decoder.decode(read, 0)
    }),
  )
})

it('takes a lone Escape for a key when the next key comes later, so that the letter behind it stays a letter', () => {
  const decoder = createKeyDecoder()
  expect(decoder.decode(bytes('\x1b'), 0)).toEqual([])
  expect(decoder.decode(bytes('b'), 60)).toMatchObject([{ name: 'b' }])
})

it('lets keys live again when the end of a paste never comes', () => {
  const decoder = createKeyDecoder()
  decoder.decode(bytes('\x1b[200~bbb'), 0)
  expect(decoder.decode(bytes('b'), 500)).toEqual([])
  expect(decoder.decode(bytes(' '), 1_600)).toMatchObject([{ name: 'space' }])
})

it('lets keys live again five seconds after a paste began, however often a key is pressed meanwhile', () => {
  const decoder = createKeyDecoder()
  decoder.decode(bytes('\x1b[200~bbb'), 0)
  for (let atMs = 500; atMs <= 5_000; atMs += 500) expect(decoder.decode(bytes(' '), atMs)).toEqual([])
  expect(decoder.decode(bytes(' '), 5_500)).toMatchObject([{ name: 'space' }])
})

it('drops the rest of a sequence that is never finished', () => {
  const decoder = createKeyDecoder()
  decoder.decode(bytes('\x1b[57'), 0)
  expect(decoder.decode(bytes(' '), 600)).toMatchObject([{ name: 'space' }])
})

it.each(['\x1bX', '\x1b]', '\x1bP', '\x1b_', '\x1b^', '\x1b['])(
  'lets Space through half a second after %j, however often it is pressed',
  prefix => {
    const decoder = createKeyDecoder()
    decoder.decode(bytes(prefix), 0)
    decoder.decode(bytes(' '), 400)
    expect(decoder.decode(bytes(' '), 800)).toMatchObject([{ name: 'space' }])
  },
)
