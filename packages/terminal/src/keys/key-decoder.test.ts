import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TerminalInput } from './control-sequence.ts'
import { createKeyDecoder } from './key-decoder.ts'

const bytes = (text: string) => Buffer.from(text, 'utf8')
const decode = (...reads: string[]): TerminalInput[] => {
  const decoder = createKeyDecoder()
  return reads.flatMap(text => [...decoder.decode(bytes(text), 0)])
}
const nameOf = (input: TerminalInput) => (input.kind === 'key' ? `${input.name} ${input.event}` : input.kind)

it.each([
  ['letters', 'bs', ['b press', 's press']],
  ['Space', ' ', ['space press']],
  ['capital letters as keys of their own', 'B', ['B press']],
  ['Ctrl+C', '\x03', ['ctrl+c press']],
  ['Ctrl+Space', '\x00', ['ctrl+space press']],
  ['the end of a paste without its start', 'b\x1b[201~', ['b press', 'paste-end']],
  ['a character outside ASCII as one key', 'é€😀', ['é press', '€ press', '😀 press']],
  [
    'bytes that are no UTF-8 as nothing',
    'b\xff\xc3b',
    ['b press', 'other-sequence', 'other-sequence', 'b press'],
    'latin1',
  ],
  ['a character that is spelled longer than it is as nothing', '\xe0\x80\xa0', ['other-sequence'], 'latin1'],
  [
    'Tab, Enter and both ways to send Backspace',
    '\t\r\x7f\x08',
    ['tab', 'enter', 'backspace', 'backspace'].map(name => `${name} press`),
  ],
  ['Alt held with a letter, which is not that letter', '\x1bb', ['alt+b press']],
  [
    'arrows, also in application mode',
    '\x1b[A\x1bOB\x1b[C\x1bOD',
    ['up', 'down', 'right', 'left'].map(name => `${name} press`),
  ],
  ['arrows with modifiers as other keys', '\x1b[1;5D\x1b[1;2C', ['ctrl+left press', 'shift+right press']],
  ['an arrow under num lock as itself', '\x1b[1;129D', ['left press']],
  ['Alt with an arrow as some terminals write it', '\x1b\x1b[D\x1b\x1bOC', ['alt+left press', 'alt+right press']],
  [
    'Home, End, PgUp, PgDn, Insert, Delete',
    '\x1b[H\x1b[F\x1b[5~\x1b[6~\x1b[2~\x1b[3~\x1bOH\x1b[4~',
    ['home', 'end', 'page-up', 'page-down', 'insert', 'delete', 'home', 'end'].map(name => `${name} press`),
  ],
  [
    'F-keys of three terminals',
    '\x1bOP\x1b[[B\x1b[13~\x1b[24~\x1b[1;2Q',
    ['f1 press', 'f2 press', 'f3 press', 'f12 press', 'shift+f2 press'],
  ],
  ['Shift+Tab', '\x1b[Z\x1b[9;2u', ['shift+tab press', 'shift+tab press']],
  ['the number pad in application mode', '\x1bOq\x1bOk\x1bOM', ['1 press', '+ press', 'enter press']],
  ['where the cursor stands as nothing', '\x1b[12;40R', ['other-sequence']],
  ['the focus', '\x1b[I\x1b[O', ['focus', 'focus']],
  ['an old mouse report whose bytes look like keys', '\x1b[Mb  b', ['other-sequence', 'b press']],
  ['an old mouse report with UTF-8 coordinates', '\x1b[M \xc4\x85\xc3\xa2b', ['other-sequence', 'b press'], 'latin1'],
  ['a modern mouse report', '\x1b[<0;12;3M\x1b[<0;98;98m', ['other-sequence', 'other-sequence']],
  ['a mouse report of rxvt', '\x1b[32;98;98M', ['other-sequence']],
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
  [
    'kitty: Shift+b as the capital, with and without what it types',
    '\x1b[98:66;2;66u\x1b[98;2u',
    ['B press', 'B press'],
  ],
  ['kitty: b under caps lock, which types B', '\x1b[98;65;66u', ['b press']],
  ['kitty: the digits of a French keyboard', '\x1b[38:49;2;49u\x1b[38;;38u', ['1 press', '& press']],
  ['kitty: a sign under Shift that is not told', '\x1b[38;2u', ['shift+& press']],
  ['kitty: a level of the layout (AltGr) as what it types', '\x1b[98;;8221u', ['” press']],
  ['kitty: text of an input method', '\x1b[0;;233u\x1b[0;;98:115u', ['é press', 'text press']],
  ['kitty: the number pad', '\x1b[57400;129;49u\x1b[57414u\x1b[57417u', ['1 press', 'enter press', 'left press']],
  [
    'kitty: other bare modifiers, whatever bits they carry',
    '\x1b[57441;2u\x1b[57447;2:3u\x1b[57449;3u\x1b[57444;9u',
    ['left-shift press', 'right-shift release', 'right-alt press', 'left-super press'],
  ],
  ['kitty: an arrow held and let go', '\x1b[D\x1b[1;1:2D\x1b[1;1:3D', ['left press', 'left repeat', 'left release']],
  [
    'kitty: PgUp let go, F13, Menu',
    '\x1b[5;1:3~\x1b[57376u\x1b[57363u',
    ['page-up release', 'f13 press', 'menu press'],
  ],
  ['kitty: Ctrl+Shift+b, Alt+Space', '\x1b[98:66;6u\x1b[32;3u', ['shift+ctrl+b press', 'alt+space press']],
  ['kitty: a key without a name', '\x1b[57441:1:2:3u\x1b[63000u', ['other-sequence', 'U+F618 press']],
  ['kitty: control characters as text', '\x1b[98;;3u', ['other-sequence']],
  ['kitty: an event that does not exist', '\x1b[98;1:9u', ['other-sequence']],
] as [string, string, string[], BufferEncoding?][])('reads %s', (_what, text, expected, encoding = 'utf8') => {
  const inputs = createKeyDecoder().decode(Buffer.from(text, encoding), 0)
  expect(inputs.map(nameOf)).toEqual(expected)
})

it.each([
  ['letters and signs', 'bÉ 1', ['b', 'É', ' ', '1']],
  ['nothing from chords and named keys', '\x03\x1bb\x1b[A\t', [null, null, null, null]],
  [
    'kitty: what the layout makes of the key',
    '\x1b[98;65;66u\x1b[38:49;2;49u\x1b[32u\x1b[98u\x1b[98:66;2u',
    ['B', '1', ' ', 'b', 'B'],
  ],
  [
    'kitty: nothing from Ctrl, Alt and Super',
    '\x1b[98;5u\x1b[98;3u\x1b[98;9u\x1b[32;5u\x1b[57442u',
    [null, null, null, null, null],
  ],
  ['kitty: a digit of the number pad', '\x1b[57400u', ['1']],
])('knows what is typed: %s', (_what, text, expected) => {
  expect(decode(text).map(input => (input.kind === 'key' ? input.text : 'no key'))).toEqual(expected)
})

it.each([
  ['Left Ctrl', '\x1b[57442u\x1b[57442;5:3u', ['left-ctrl press', 'left-ctrl release']],
  ['Right Ctrl, which xdotool gives no bit', '\x1b[57448u\x1b[57448;5:3u', ['right-ctrl press', 'right-ctrl release']],
  ['Space', '\x1b[32;;32u\x1b[32;1:3u', ['space press', 'space release']],
  ['b', '\x1b[98;;98u\x1b[98;1:3u', ['b press', 'b release']],
  ['Left', '\x1b[D\x1b[1;1:3D', ['left press', 'left release']],
  ['F1', '\x1b[P\x1b[1;1:3P', ['f1 press', 'f1 release']],
  ['PgDn', '\x1b[6~\x1b[6;1:3~', ['page-down press', 'page-down release']],
  ['Right Shift', '\x1b[57447u\x1b[57447;2:3u', ['right-shift press', 'right-shift release']],
  [
    'Shift+b, Shift let go first',
    '\x1b[57441u\x1b[98:66;2;66u\x1b[57441;2:3u\x1b[98;1:3u',
    ['left-shift press', 'B press', 'left-shift release', 'b release'],
  ],
  [
    'Ctrl+c',
    '\x1b[57442u\x1b[99;5u\x1b[57442;5:3u\x1b[99;1:3u',
    ['left-ctrl press', 'ctrl+c press', 'left-ctrl release', 'c release'],
  ],
  ['?', '\x1b[47:63;2;63u\x1b[47;1:3u', ['? press', '/ release']],
  ['é, whose text it leaves out', '\x1b[233;u\x1b[233;1:3u', ['é press', 'é release']],
])('reads %s as kitty 0.26.5 wrote it with flags 31', (_what, text, expected) => {
  expect(decode(text).map(nameOf)).toEqual(expected)
})

it('learns the keyboard flags that took hold', () => {
  expect(decode('\x1b[?11u')).toEqual([{ kind: 'kitty-flags', flags: 11 }])
})

it('gives marked pastes by their size and not as keys', () => {
  expect(decode('\x1b[200~bbb\x1b[201~b')).toEqual([
    { kind: 'paste', size: 3 },
    { kind: 'key', name: 'b', event: 'press', encoding: 'legacy', text: 'b' },
  ])
})

/** What keyboards, terminals and hostile programs send. */
const PIECES = [
  ...[
    'b',
    's',
    ' ',
    'é',
    '😀',
    '\x1b',
    '\x03',
    '\0',
    '\r',
    '\x1bb',
    '\x1b[A',
    '\x1bOD',
    '\x1b\x1b[D',
    '\x1b[[A',
    '\x1b[5~',
  ],
  ...['\x1b[98u', '\x1b[98;1:3u', '\x1b[57448;5u', '\x1b[57448;5:3u', '\x1b[38:49;2;49u', '\x1b[?31u', '\x1b[?62c'],
  ...[
    '\x1b[I',
    '\x1b[O',
    '\x1b[Mbbb',
    '\x1b[<0;98;98M',
    '\x1b]0;bs\x07',
    '\x1bPbb\x1b\\',
    '\x1b[200~bs \x1b[201~',
    '\x1b[201~',
  ],
]
const anyInput = fc
  .array(fc.oneof(fc.constantFrom(...PIECES).map(bytes), fc.uint8Array({ maxLength: 4 })), { maxLength: 12 })
  .map(pieces => Buffer.concat(pieces))
/** The long form: `FUZZ_RUNS=1000000 pnpm exec vitest run … keys`. */
const RUNS = { numRuns: Number(process.env.FUZZ_RUNS ?? 1_000) }

it('reads the same keys wherever the reads are cut', () => {
  fc.assert(
    fc.property(anyInput, fc.array(fc.nat(200), { maxLength: 8 }), (input, cuts) => {
      const places = [0, ...cuts.filter(cut => cut < input.length).sort((a, b) => a - b), input.length]
      const decoder = createKeyDecoder()
      const inCuts = places.slice(1).flatMap((end, index) => decoder.decode(input.subarray(places[index], end), 0))
      expect(inCuts).toEqual(createKeyDecoder().decode(input, 0))
    }),
    RUNS,
  )
})

it('reads the same keys when every byte comes by itself', () => {
  fc.assert(
    fc.property(anyInput, input => {
      const decoder = createKeyDecoder()
      const byBytes = [...input].flatMap(byte => decoder.decode(Uint8Array.of(byte), 0))
      expect(byBytes).toEqual(createKeyDecoder().decode(input, 0))
    }),
    RUNS,
  )
})

it('never throws and never keeps more than a bounded rest, whatever bytes come', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 20 }), reads => {
      const decoder = createKeyDecoder()
      for (const read of reads) decoder.decode(read, 0)
    }),
    RUNS,
  )
})

it('takes a lone Escape for a key when the next key comes later, so that the letter behind it stays a letter', () => {
  const decoder = createKeyDecoder()
  expect(decoder.decode(bytes('\x1b'), 0)).toEqual([])
  expect(decoder.decode(bytes('b'), 60)).toMatchObject([{ name: 'escape' }, { name: 'b' }])
})

it('says when a lone Escape is due, and gives it then', () => {
  const decoder = createKeyDecoder()
  decoder.decode(bytes('b\x1b'), 10)
  expect(decoder.escapeDueMs).toBe(60)
  expect(decoder.decode(new Uint8Array(), 59)).toEqual([])
  expect(decoder.decode(new Uint8Array(), 60)).toMatchObject([{ name: 'escape' }])
  expect(decoder.escapeDueMs).toBeNull()
  expect(decoder.decode(bytes('x'), 61)).toMatchObject([{ name: 'x' }])
})

it('takes Escape before a marked paste for itself, and the paste for a paste', () => {
  expect(decode('\x1b\x1b[200~b\x1b[201~')).toMatchObject([{ name: 'escape' }, { kind: 'paste', size: 1 }])
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

describe('the rest of a sequence that a slow line held back', () => {
  it.each([
    ['an arrow behind its Escape', '\x1b', '[D', ['left press']],
    ['a kitty key behind its Escape', '\x1b', '[98;1:3u', ['b release']],
    ['the code of a key', '\x1b[9', '8u', []],
    ['the end of a release, and a key behind it', '\x1b[98;1', ':3u ', ['space press']],
    ['the letter of an arrow', '\x1b[1;1:3', 'D', []],
    ['a mouse report', '\x1b[<0;98', ';98M', []],
  ])('is no key of its own: %s', (_what, first, rest, expected) => {
    const decoder = createKeyDecoder()
    decoder.decode(bytes(first), 0)
    decoder.decode(new Uint8Array(), 600)
    expect(decoder.decode(bytes(rest), 700).map(nameOf)).toEqual(expected)
  })

  it('is not waited for: Space closes, and letters are letters two seconds later', () => {
    const decoder = createKeyDecoder()
    decoder.decode(bytes('\x1b[9'), 0)
    expect(decoder.decode(bytes(' '), 600).map(nameOf)).toEqual(['space press'])
    expect(decoder.decode(bytes('u'), 700).map(nameOf)).toEqual(['u press'])
    decoder.decode(bytes('\x1b[9'), 5_000)
    expect(decoder.decode(bytes('8u'), 7_100).map(nameOf)).toEqual(['8 press', 'u press'])
  })
})
