import { execFileSync } from 'node:child_process'
import { Decimal } from '@scalpdesk/sdk'
import readXlsxFile from 'read-excel-file/node'
import { expect, it } from 'vitest'
import { grouped, moneyText, signed } from '../figures.ts'
import { manyTrades } from '../testing/many-trades.ts'
import { readCsv } from '../testing/read-csv.ts'
import { SAMPLE_REPORT } from '../testing/sample-report.ts'
import { csvFiles } from './csv.ts'
import { htmlText } from './html/page.ts'
import { jsonText } from './json/json.ts'
import { markdownText } from './markdown.ts'
import { reportTables } from './tables/report-tables.ts'
import { screenText } from './terminal/report-screen.ts'
import { xlsxBytes } from './xlsx.ts'

const REPORTS = [
  ['a day worked out by hand', SAMPLE_REPORT],
  ['two hundred trades of ten days', manyTrades(200, 10)],
] as const

const figuresOf = (report: typeof SAMPLE_REPORT): readonly string[] =>
  reportTables(report).flatMap(table =>
    table.rows.flatMap(row => row.flatMap(cell => (cell?.kind === 'figure' ? [cell.figure] : []))),
  )

it.each(REPORTS)('says the nets, points and levels of the report in its tables: %s', (_what, report) => {
  const trades = reportTables(report).find(table => table.name === 'trades')
  const at = (key: string): number => trades?.columns.findIndex(column => column.key === key) ?? -1
  for (const [row, trade] of report.trades.entries())
    for (const [key, value] of [
      ['net', trade.net],
      ['result', trade.result],
      ['points', trade.points],
      ['entry_level', trade.entryLevel],
      ['exit_level', trade.exitLevel],
      ['against_money', trade.against.money],
    ] as const) {
      const cell = trades?.rows[row]?.[at(key)] ?? null
      expect(cell?.kind === 'figure' ? new Decimal(cell.figure) : null).toEqual(value)
    }
})

it.each(REPORTS)('reads the same figures back from CSV: %s', (_what, report) => {
  for (const table of reportTables(report)) {
    const file = csvFiles(report).find(one => one.name === `${table.name}.csv`)
    const [, ...rows] = readCsv(file?.text ?? '')
    for (const [y, row] of table.rows.entries())
      for (const [x, cell] of row.entries()) if (cell?.kind === 'figure') expect(rows[y]?.[x]).toBe(cell.figure)
  }
})

it.each(REPORTS)('reads the same figures back from XLSX: %s', async (_what, report) => {
  const sheets = await readXlsxFile(Buffer.from(xlsxBytes(report)))
  for (const [at, table] of reportTables(report).entries())
    for (const [y, row] of table.rows.entries())
      for (const [x, cell] of row.entries())
        if (cell?.kind === 'figure') {
          const read = sheets[at]?.data[y + 1]?.[x]
          expect(new Decimal(String(read)).eq(cell.figure)).toBe(true)
        }
})

it.each(REPORTS)('reads the same money back from JSON: %s', (_what, report) => {
  const { currency } = report.account
  const read = JSON.parse(jsonText(report))
  const same = (text: string | null, value: Decimal | null): void =>
    expect(text).toBe(value === null ? null : moneyText(value, currency))
  same(read.bridge.opening, report.bridge.opening)
  same(read.bridge.closing, report.bridge.closing)
  for (const [at, part] of report.bridge.parts.entries()) same(read.bridge.parts[at].amount, part.amount)
  for (const [at, trade] of report.trades.entries()) {
    same(read.trades[at].net, trade.net)
    same(read.trades[at].result, trade.result)
    same(read.trades[at].inFavour.money, trade.inFavour.money)
    expect(read.trades[at].entryLevel).toBe(trade.entryLevel?.toFixed() ?? null)
  }
  for (const [at, point] of report.statistics.curve.entries()) same(read.statistics.curve[at].sum, point.sum)
})

it.each(REPORTS)(
  'has in JSON no figure that its tables have not, nor the reverse, apart from counts: %s',
  (_what, report) => {
    const inJson = new Set<string>()
    JSON.stringify(JSON.parse(jsonText(report)), (_key, value: unknown) => {
      if (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)) inJson.add(value)
      if (typeof value === 'number') inJson.add(String(value))
      return value
    })
    // The sum of a trade's charges is the one figure that tables add; latencies of single trades stand in words there.
    const summed = report.trades.filter(trade => trade.charges.length > 1)
    expect(summed).toEqual([])
    expect(figuresOf(report).filter(figure => !inJson.has(figure))).toEqual([])
  },
)

it.each(REPORTS)('reads the same figures back from Markdown: %s', (_what, report) => {
  const cells = new Set(
    markdownText(report)
      .split('|')
      .map(cell => cell.trim().replace(/^\+/, '').replaceAll(',', '')),
  )
  expect(figuresOf(report).filter(figure => !cells.has(figure))).toEqual([])
})

it.each(REPORTS)('shows the same money and levels in HTML and on the terminal: %s', (_what, report) => {
  const { currency } = report.account
  const text = (page: string): string => page.replace(/<[^>]*>/g, '\n').replaceAll('&gt;', '>')
  const page = new Set(text(htmlText(report)).split(/[\s·()]+/))
  const screen = new Set(screenText(report, { columns: 200, hasColour: false }).split(/\s+/))
  const shown = (value: Decimal | null): readonly string[] =>
    value === null ? [] : [grouped(signed(moneyText(value, currency)))]
  const money = [
    ...report.bridge.parts.map(part => part.amount),
    ...report.trades.map(trade => trade.net),
    ...report.days.map(day => (report.days.length > 1 ? day.change : null)),
    ...report.statistics.byHour.map(group => group.statistics.net),
    ...report.statistics.byMarket.map(group => group.statistics.net),
    ...report.statistics.byTag.map(group => group.statistics.net),
  ].flatMap(shown)
  const levels = report.trades
    .flatMap(trade => [trade.entryLevel, trade.exitLevel])
    .flatMap(level => (level === null ? [] : [grouped(level.toFixed())]))
  const onlyPage = report.trades
    .flatMap(trade => [
      trade.result,
      trade.spread,
      trade.against.money,
      trade.inFavour.money,
      ...trade.charges.map(charge => charge.amount),
      ...trade.exits.map(exit => exit.result),
    ])
    .flatMap(shown)
  expect([...money, ...levels, ...onlyPage].filter(figure => !page.has(figure))).toEqual([])
  expect([...money, ...levels].filter(figure => !screen.has(figure))).toEqual([])
})

it('shows what would have been in every form, labelled, and nothing of it where it was not asked', async () => {
  const { hypothesis } = SAMPLE_REPORT
  const [label, difference] = [hypothesis?.label ?? '', '-23.85']
  const without = { ...SAMPLE_REPORT, hypothesis: null }
  const sheets = await readXlsxFile(Buffer.from(xlsxBytes(SAMPLE_REPORT)))
  const sheet = sheets.find(each => each.sheet === 'What if (hypothetical)')
  expect(sheet?.data.at(-1)).toEqual(expect.arrayContaining(['hypothetical', label, Number(difference)]))
  const csv = (report: typeof SAMPLE_REPORT) => csvFiles(report).find(({ name }) => name === 'what-if.csv')?.text ?? ''
  expect(readCsv(csv(SAMPLE_REPORT)).at(-1)).toEqual(expect.arrayContaining(['hypothetical', label, difference]))
  expect(readCsv(csv(without))).toHaveLength(1)
  const screen = (report: typeof SAMPLE_REPORT) => screenText(report, { columns: 200, hasColour: false })
  for (const form of [screen, htmlText, jsonText, markdownText] as const) {
    expect(form(SAMPLE_REPORT)).toContain('HYPOTHETICAL: the same entries')
    expect(form(SAMPLE_REPORT)).toContain(difference)
    expect(form(without)).not.toMatch(/HYPOTHETICAL|hypothetical/)
  }
})

it('prints the same whatever language the machine speaks', () => {
  const program = `
    import { htmlText } from ${JSON.stringify(new URL('./html/page.ts', import.meta.url).href)}
    import { markdownText } from ${JSON.stringify(new URL('./markdown.ts', import.meta.url).href)}
    import { SAMPLE_REPORT } from ${JSON.stringify(new URL('../testing/sample-report.ts', import.meta.url).href)}
    process.stdout.write(markdownText(SAMPLE_REPORT) + htmlText(SAMPLE_REPORT))`
  const speaking = (language: string, zone: string): string =>
    execFileSync(process.execPath, ['--input-type=module', '-e', program], {
      env: { ...process.env, LANG: language, LC_ALL: language, TZ: zone },
      encoding: 'utf8',
    })
  expect(speaking('de_DE.UTF-8', 'Asia/Tokyo')).toBe(speaking('C', 'UTC'))
})
