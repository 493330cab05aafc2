import { describe, expect, it } from 'vitest'
import { onOff, positive, readCommand, text, texts, wholeNumber } from './command-flags.ts'

const soak = {
  usage: 'pnpm soak [FILE] [--days N] [--speed X] [--only NAME]… [--out FILE] [--json]',
  about: 'Plays days.',
  flags: { days: wholeNumber(14, 1), speed: positive(null), only: texts(), out: text('-'), json: onOff() },
  places: { least: 0, most: 1 },
} as const
const read = (...args: string[]) => readCommand(soak, args)

it('reads what was given, and takes for the rest what is usual', () => {
  expect(read('a.tape', '--days', '3', '--only', 'a', '--only=b', '--json')).toEqual({
    kind: 'run',
    flags: { days: 3, speed: null, only: ['a', 'b'], out: '-', json: true },
    places: ['a.tape'],
  })
})

it('shows how it is typed and what it does when asked for help, whatever else came', () => {
  expect(read('--days', 'x', '--help')).toEqual({ kind: 'help', text: `${soak.usage}\nPlays days.` })
})

describe('says what was expected, what came, and how it is typed', () => {
  it.each([
    [['--days', 'three'], 'expected as --days a whole number from 1, but got "three"'],
    [['--days', '0'], 'expected as --days a whole number from 1, but got "0"'],
    [['--days', '1e400'], 'expected as --days a whole number from 1, but got "1e400"'],
    [['--days', ''], 'expected as --days a whole number from 1, but got ""'],
    [['--speed=-0'], 'expected as --speed a number above 0, but got "-0"'],
    [['--days=1', '--days=2'], 'expected --days once, but got it 2 times'],
    [['--dasy', '3'], "Unknown option '--dasy'"],
    [['--days', '--json'], "Option '--days' argument is ambiguous"],
    [['--days'], "Option '--days <value>' argument missing"],
    [['--json=yes'], "Option '--json' does not take an argument"],
    [['a', 'b'], 'expected 0 to 1 arguments without --, but got 2'],
  ])('%j', (args, sentence) => {
    expect(read(...args)).toEqual({ kind: 'wrong', text: `${sentence}; usage: ${soak.usage}` })
  })
})
