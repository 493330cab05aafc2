import { expect, it } from 'vitest'
import { fourDigits, placeIn, strays, ZEROS } from './four-digits.ts'

const wordOf = (text: string): number => Buffer.from(text, 'latin1').readInt32LE()

it('knows the worth of each four digits', () => {
  for (let value = 0; value < 10_000; value++) {
    const values = wordOf(String(value).padStart(4, '0')) ^ ZEROS
    if (strays(values) !== 0 || fourDigits(values) !== value)
      expect({ strays: strays(values), worth: fourDigits(values) }).toEqual({ strays: 0, worth: value })
  }
})

it('sees each byte that is no digit, wherever it stands and whatever stands beside it', () => {
  for (let place = 0; place < 4; place++)
    for (let byte = 0; byte < 256; byte++)
      for (const others of ['0000', '9999', '\xff\xff\xff\xff', '5/:5']) {
        const bytes = Buffer.from(others, 'latin1')
        bytes[place] = byte
        const isPlain = bytes.every(each => each >= 48 && each <= 57)
        if ((strays(bytes.readInt32LE() ^ ZEROS) === 0) !== isPlain)
          expect(bytes.toString('latin1')).toBe('judged right')
      }
})

it.each([
  ['\n123', 0],
  ['1\n\n3', 1],
  ['12\n\x0b', 2],
  ['\x0b\x09\x8a\n', 3],
  ['\x0b\x0b\x0b\x0b', 4],
  ['\x8a\x8a\x8a\x8a', 4],
])('finds the first line feed of %j', (text, place) => {
  expect(placeIn(wordOf(text), 10)).toBe(place)
})
