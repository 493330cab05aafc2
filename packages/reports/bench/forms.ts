/**
 * What the forms of a report cost, beside a floor in the same run: joining the report's own figures into one text. Medians of rounds that take
 * turns, so that a busy machine slows all alike.
 */
import { Decimal } from '@scalpdesk/sdk'
import { csvFiles, htmlText, jsonText, markdownText, type Report, screenText, xlsxBytes } from '../src/index.ts'
import { manyTrades } from '../src/testing/many-trades.ts'
import { samplePrices } from '../src/testing/sample-prices.ts'

const isQuick = process.argv.includes('--quick')
const ROUNDS = isQuick ? 3 : 7
const TRADES_OF_YEAR = isQuick ? 10_000 : 60_000

const bytesOf = (text: string): number => Buffer.byteLength(text)
const day = manyTrades(1000, 1)
const prices = [...new Set(day.trades.map(trade => trade.epic))].flatMap(epic =>
  epic === null ? [] : [samplePrices(day.trades, epic, 1)],
)
const year = manyTrades(TRADES_OF_YEAR, 250)

await measure('a day of 1,000 trades', [
  ['floor: its figures joined', () => bytesOf(floorText(day))],
  ['html, drawn on ticks', () => bytesOf(htmlText(day, { prices }))],
  ['html, no ticks', () => bytesOf(htmlText(day))],
  ['json', () => bytesOf(jsonText(day))],
  ['csv', () => csvFiles(day).reduce((sum, file) => sum + bytesOf(file.text), 0)],
  ['markdown', () => bytesOf(markdownText(day))],
  ['terminal', () => bytesOf(screenText(day, { columns: 120, hasColour: true }))],
  ['xlsx', async () => xlsxBytes(day).length],
])
await measure(`a year of ${TRADES_OF_YEAR.toLocaleString('en')} trades`, [
  ['floor: its figures joined', () => bytesOf(floorText(year))],
  ['html', () => bytesOf(htmlText(year))],
  ['csv', () => csvFiles(year).reduce((sum, file) => sum + bytesOf(file.text), 0)],
  ['json', () => bytesOf(jsonText(year))],
])
await measure(
  'the same as XLSX',
  [
    ['floor: its figures joined', () => bytesOf(floorText(year))],
    ['xlsx', () => xlsxBytes(year).length],
  ],
  1,
)
console.log(`${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MiB resident at the end`)

type Form = readonly [name: string, make: () => number | Promise<number>]

async function measure(title: string, forms: readonly Form[], rounds = ROUNDS): Promise<void> {
  const times = forms.map((): number[] => [])
  const sizes = forms.map(() => 0)
  for (let round = 0; round < rounds; round += 1)
    for (const [at, [, make]] of forms.entries()) {
      const startMs = performance.now()
      sizes[at] = await make()
      times[at]!.push(performance.now() - startMs)
    }
  const medians = times.map(all => all.toSorted((one, other) => one - other)[rounds >> 1]!)
  console.log(title)
  for (const [at, [name]] of forms.entries())
    console.log(
      `  ${name.padEnd(28)}${medians[at]!.toFixed(1).padStart(9)} ms ${(medians[at]! / medians[0]!).toFixed(1).padStart(7)}× floor ${(sizes[at]! / 1024).toFixed(0).padStart(8)} KiB`,
    )
}

/** Every decimal of every trade as text: no form can do with less. */
function floorText({ trades }: Report): string {
  const texts: string[] = []
  for (const trade of trades)
    for (const value of Object.values(trade)) if (value instanceof Decimal) texts.push(value.toFixed())
  return texts.join('\n')
}
