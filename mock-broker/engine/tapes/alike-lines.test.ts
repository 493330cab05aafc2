import fc from 'fast-check'
import { expect, it } from 'vitest'
import { markets } from '../market-catalogue.ts'
import type { TapeInput } from './tape-entry.ts'
import { tapeParser } from './tape-parser.ts'

const EURUSD = 'CS.D.EURUSD.CFD.IP'
const START_MS = 1_767_571_200_000

/** What the lines hold, read with and without taking them for lines like the one before. */
function bothWays(lines: readonly string[]) {
  const begin = `timestamp,askPrice,bidPrice,askVolume,bidVolume\n${START_MS},1.08512,1.08506,1,1\n`
  // So long that no line of interest is too close to the end of the bytes.
  const bytes = Buffer.from(`${lines.join('')}${`${START_MS + 1e9},1.08512,1.08506,1,1\n`.repeat(4)}`, 'latin1')
  const open = () => {
    const parser = tapeParser('x', { markets, wish: { epic: EURUSD, isRescaled: false }, strict: false })
    parser.parse(Buffer.from(begin))
    return parser
  }
  const [one, many] = [open(), open()]
  const told = { inputs: one.parse(bytes), skipped: one.skipped() }
  let inColumns = 0
  const inputs = many.parseColumns(bytes).flatMap((batch): readonly TapeInput[] => {
    if (batch.kind === 'inputs') return batch.inputs
    inColumns += batch.count
    const { epic, count, atMs, bidUnits, offerUnits } = batch
    return Array.from({ length: count }, (_, at) => {
      return { kind: 'tick', epic, atMs: atMs[at]!, bidUnits: bidUnits[at]!, offerUnits: offerUnits[at]! }
    })
  })
  return { told, shown: { inputs, skipped: many.skipped() }, inColumns }
}

const price = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 107_990, max: 110_010 }).map(units => String(units / 1e5)) },
  fc.integer({ min: 0, max: 2 ** 33 }).map(units => (units / 1e5).toFixed(5)),
  fc.tuple(fc.nat(99_999_999), fc.integer({ min: 0, max: 6 })).map(([units, decimals]) => {
    const text = String(units).padStart(decimals + 1, '0')
    return decimals === 0 ? text : `${text.slice(0, -decimals)}.${text.slice(-decimals)}`
  }),
  fc.constantFrom(
    '0',
    '0.00000',
    '1.',
    '.5',
    '1..2',
    '1.2.3',
    '',
    '-1',
    '1e5',
    '000001.08512',
    '21474.83647',
    '21474.83648',
  ),
)
/** Later by a minute with each line, and sometimes earlier than the line before. */
const time = fc.oneof(
  { weight: 8, arbitrary: fc.nat(70_000).map(later => (line: number) => String(START_MS + line * 60_000 + later)) },
  fc
    .constantFrom('0000000000123', '0099999999999', '99999999999', '12345678901234', '1767571200', 'now', '')
    .map(text => () => text),
)
const rest = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(',1,1', ',1.5,2.25', '', ',0.000001,0.000013', ',', ',,,') },
  fc.string({ maxLength: 40, unit: 'binary-ascii' }).map(text => `,${text.replaceAll('\n', ' ')}`),
  fc.constantFrom(' ', 'x', '.', ',\r', '\r', '\r\r'),
)
const line = fc.tuple(time, price, price, rest, fc.constantFrom('\n', '\n', '\n', '\r\n')).map(
  ([timeOf, offer, bid, after, end]) =>
    (at: number) =>
      `${timeOf(at)},${offer},${bid}${after}${end}`,
)
const torn = fc
  .tuple(line, fc.nat(), fc.constantFrom('', '0', '9', '.', ',', '/', ':', '\n', '\r', '\u00ff', '\u0000'))
  .map(([textOf, place, byte]) => (at: number) => {
    const text = textOf(at)
    const from = place % text.length
    return `${text.slice(0, from)}${byte}${text.slice(from + 1)}`
  })

it('reads from any lines what they hold one by one, and counts and names the bad ones alike', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof({ weight: 5, arbitrary: line }, torn), { maxLength: 60 }), lines => {
      const { told, shown } = bothWays(lines.map((textOf, at) => textOf(at)))
      expect(shown).toEqual(told)
    }),
    { numRuns: 300 },
  )
})

it.each(['0000000000123', '176757120x000', '\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u000000000', '0099999999999'])(
  'takes no time for one because the line before had the same: %j',
  begin => {
    const lines = ['1', '2', '3'].map(last => `${begin.slice(0, -1)}${last},1.08512,1.08506,1,1\n`)
    const { told, shown } = bothWays(lines)
    expect(shown).toEqual(told)
    expect(shown.skipped.count).toBe(3)
  },
)

it.each<[string, (at: number) => string]>([
  ['prices that differ in their last digits', at => `1.08${500 + (at % 99)},1.08${400 + (at % 99)},1.5,2`],
  ['prices without their last zeros', at => `${(108_500 + at) / 1e5},${(108_400 + at) / 1e5},1,1`],
  ['dots among the last four digits', at => `1${51 + (at % 9)}.2${at % 10},99.9${at % 10}`],
  ['no dots', at => `${10_000 + at},${9_999 - at}`],
])('takes lines into columns: %s', (_, prices) => {
  const lines = Array.from({ length: 700 }, (_each, at) => `${START_MS + at * 997},${prices(at)}\n`)
  const { told, shown, inColumns } = bothWays(lines)
  expect(shown).toEqual(told)
  expect(shown.inputs).toHaveLength(704)
  expect(shown.skipped.count).toBe(0)
  expect(inColumns).toBe(704)
})
