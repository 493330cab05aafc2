import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  BOLD,
  background,
  DIM,
  foreground,
  INVERSE,
  PLAIN,
  type Style,
  styleAfter,
  styleChange,
  UNDERLINE,
  withoutColour,
} from './style.ts'

const styles = fc
  .record({
    fore: fc.option(fc.nat(255)),
    back: fc.option(fc.nat(255)),
    attributes: fc.nat(63),
  })
  .map(
    ({ fore, back, attributes }): Style =>
      (fore === null ? 0 : foreground(fore)) | (back === null ? 0 : background(back)) | (attributes << 18),
  )

it('is reached from any other style by the sequence that leads to it', () => {
  fc.assert(
    fc.property(styles, styles, (from, to) => {
      const sequence = styleChange(from, to)
      const after = sequence === '' ? from : styleAfter(from, sequence.slice(2, -1).split(';').map(Number))
      expect(after).toBe(to)
    }),
  )
})

it.each([
  ['nothing to change', BOLD, BOLD, ''],
  ['back to plain', BOLD | foreground(1), PLAIN, '\x1b[m'],
  ['one more attribute', BOLD, BOLD | INVERSE, '\x1b[7m'],
  ['one attribute less', BOLD | INVERSE, BOLD, '\x1b[0;1m'],
  ['another colour', foreground(1), foreground(2), '\x1b[32m'],
  ['no colour', foreground(1) | BOLD, BOLD, '\x1b[39m'],
  ['a bright colour behind', PLAIN, background(9), '\x1b[101m'],
  ['a colour of the palette', PLAIN, foreground(208), '\x1b[38;5;208m'],
])('changes by the shortest sequence: %s', (_title, from, to, sequence) => {
  expect(styleChange(from, to)).toBe(sequence)
})

it('passes over what is not drawn here', () => {
  expect(styleAfter(BOLD, [38, 2, 10, 20, 30])).toBe(BOLD)
  expect(styleAfter(BOLD, [11, 53])).toBe(BOLD)
  expect(styleAfter(PLAIN, [38, 2, 1, 1, 1, 4])).toBe(UNDERLINE)
})

it('ends bold and dim together, as terminals do', () => {
  expect(styleAfter(BOLD | DIM | UNDERLINE, [22])).toBe(UNDERLINE)
})

it('keeps its attributes without colour', () => {
  expect(withoutColour(BOLD | INVERSE | foreground(1) | background(255))).toBe(BOLD | INVERSE)
})
