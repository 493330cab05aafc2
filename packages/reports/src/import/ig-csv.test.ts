import { expect, it } from 'vitest'
import { transactionRows } from '../row-ids.ts'
import { aResult, d } from '../testing/hand-made.ts'
import { igCsv } from './ig-csv.ts'
import { onlyImported } from './joined-import.ts'

const ACCOUNT = { currency: 'EUR', zone: 'Europe/Paris' }
const HEADER =
  'TextDate,Summary,MarketName,Period,ProfitAndLoss,Transaction type,Reference,Open level,Close level,Size,Currency,PL Amount,Cash transaction,DateUtc,OpenDateUtc,CurrencyIsoCode'
/** As people showed it: https://github.com/hugodemenez/deltalytix/pull/394, issue 40 of the same. */
const FRENCH =
  '04/08/26,Ordres de clôture,Spot Gold ($1) converted at 0.861122464,-,E10.06,ORDRE,XU9KG7AM,4061.4,4073.08,+1,E,10.06,false,2026-08-04T11:47:24,2026-08-04T11:30:06,EUR'
const DEPOSIT =
  '03/08/26,Cash transfer,-,-,E500.00,DEPO,XU6AA1QN,-,-,-,E,500.00,true,2026-08-02T22:15:00,2026-08-02T22:15:00,EUR'

const read = (lines: readonly string[] | string, account = ACCOUNT) =>
  igCsv(Buffer.from(typeof lines === 'string' ? lines : lines.join('\r\n')), account)
const line = (changes: Partial<Record<string, string>>): string => {
  const names = HEADER.split(',')
  return FRENCH.split(',')
    .map((value, at) => {
      const changed = changes[names[at] ?? ''] ?? value
      return changed.includes(',') ? `"${changed}"` : changed
    })
    .join(',')
}

it('reads a closed deal and money that came in, whatever the language of the words', () => {
  expect(read([HEADER, FRENCH, DEPOSIT, ''])).toMatchObject([
    {
      closedAtMs: Date.parse('2026-08-04T11:47:24Z'),
      openedAtMs: Date.parse('2026-08-04T11:30:06Z'),
      date: '2026-08-04',
      instrumentName: 'Spot Gold ($1) converted at 0.861122464',
      profitAndLoss: { amount: d('10.06'), symbol: '' },
      type: 'deal',
      reference: 'XU9KG7AM',
      openLevel: d('4061.4'),
      closeLevel: d('4073.08'),
      size: d(1),
      isCash: false,
    },
    // After midnight in Paris.
    { date: '2026-08-03', type: 'deposit', isCash: true, instrumentName: 'Cash transfer', size: null },
  ])
})

it('takes columns by their names in any order, with a mark before them, other signs between fields, and quotes', () => {
  const names = HEADER.split(',').reverse()
  const values = FRENCH.split(',').reverse()
  const told = read([HEADER, FRENCH])
  expect(read(`\ufeff${names.join(';')}\n${values.join(';')}\n`)).toEqual(told)
  expect(read(`${names.join('\t')}\n${values.join('\t')}`)).toEqual(told)
  const quoted = values.map(value => `"${value.replaceAll('"', '""')}"`).join(',')
  expect(read(`${names.join(',')}\n\n${quoted}\n`)).toEqual(told)
  const hostile = '"=cmd|""x""\r\n, <b>"'
  expect(read([HEADER, FRENCH.replace('Spot Gold ($1) converted at 0.861122464', hostile)])[0]?.instrumentName).toBe(
    '=cmd|"x"\r\n, <b>',
  )
})

it.each([
  ['£-1,234.50', '-1,234.50', '-1234.5'],
  ['-1.234,50 €', '-1.234,50', '-1234.5'],
  ['(€25.50)', '(25,50)', '-25.5'],
  ['E1 234,50', '1\u202f234,50', '1234.5'],
  ["CHF1'234.50", '1’234.50', '1234.5'],
  ['E\u22120.07', '\u22120,07', '-0.07'],
  // The other column tells which of two it is.
  ['E1,234.00', '1,234', '1234'],
  ['E1.234', '1.2340', '1.234'],
])('reads %s and %s as %s', (printed, amount, value) => {
  expect(read([HEADER, line({ ProfitAndLoss: printed, 'PL Amount': amount })])[0]?.profitAndLoss.amount).toEqual(
    d(value),
  )
})

it('takes what a sign means from other numbers of the column, then of the file', () => {
  const unclear = line({ 'Open level': '1.091', 'Close level': '1.094', ProfitAndLoss: '', 'PL Amount': '5' })
  expect(read([HEADER, FRENCH, unclear])[1]?.openLevel).toEqual(d('1.091'))
  const french = line({ 'Open level': '4.061,4', 'Close level': '1.091', ProfitAndLoss: 'E5', 'PL Amount': '5' })
  expect(read([HEADER, french])[0]?.closeLevel).toEqual(d(1091))
})

it.each([
  [
    'an amount that two languages read in two ways',
    { ProfitAndLoss: 'E1,234', 'PL Amount': '1,234', 'Open level': '5', 'Close level': '6' },
    /^line 2: expected a clear number in PL Amount, but got "1,234", and no other number tells/,
  ],
  [
    'two amounts that do not agree',
    { ProfitAndLoss: 'E10.07' },
    /^line 2: .* in PL Amount, but got "10\.06", and ProfitAndLoss is "E10\.07"/,
  ],
  ['an amount that is none', { 'PL Amount': 'ten' }, /it is no number/],
  ['no amount', { 'PL Amount': '' }, /it is empty/],
  ['a number with two signs of decimals', { 'PL Amount': '1.234.5' }, /it is no number/],
  [
    'another currency than the account has',
    { CurrencyIsoCode: 'GBP' },
    /^line 2: expected EUR, the account's currency, but CurrencyIsoCode is "GBP"/,
  ],
  [
    'a time that a spreadsheet wrote',
    { DateUtc: '04/08/2026 11:47' },
    /^line 2: expected a time such as 2026-08-04T11:47:24 in DateUtc/,
  ],
  ['a day that is none', { DateUtc: '2026-02-30T11:47:24' }, /in DateUtc/],
  [
    'a day that does not go with the time',
    { TextDate: '04/09/26' },
    /expected a day that goes with DateUtc, 2026-08-04 in TextDate, but got "04\/09\/26"/,
  ],
  ['no reference', { Reference: '' }, /expected a reference in Reference/],
  ['a mark of cash that is none', { 'Cash transaction': 'WAHR' }, /expected true or false in Cash transaction/],
])('refuses %s, with its line', (_what, changes, words) => {
  expect(() => read([HEADER, line(changes)])).toThrow(words)
})

it.each([
  ['nothing', '', /the file is empty/],
  ['the download of activity', 'TextEpic,ActivityHistoryId\r\n', /download of activity; choose Transactions/],
  [
    'a file without its first line',
    FRENCH,
    /^line 1: expected a column MarketName, but the first line has "04\/08\/26/,
  ],
  ['a header alone', HEADER, /expected transactions, but the file has none/],
  ['a column twice', `${HEADER},Reference\n${FRENCH},x`, /expected one column Reference, but there are 2/],
  [
    'a line that was cut off',
    `${HEADER}\n${FRENCH.slice(0, 90)}`,
    /^line 2: expected 16 fields as in the first line, but got/,
  ],
  ['a quote without end', `${HEADER}\n"${FRENCH}`, /^line 2: expected every quote to end/],
])('refuses %s', (_what, text, words) => {
  expect(() => read(text)).toThrow(words)
})

it('refuses what is no UTF-8, and numbers of two languages in one column', () => {
  expect(() => igCsv(Buffer.from([0x54, 0xa3, 0x31]), ACCOUNT)).toThrow(/expected text in UTF-8/)
  const other = line({ 'PL Amount': '10,06' })
  expect(() => read([HEADER, FRENCH, other])).toThrow(/^line 3: .* numbers before it have the other sign/)
})

it('gives a row the same id from two files that overlap, and two alike rows two', () => {
  const [first = [], second = []] = [read([HEADER, FRENCH, FRENCH]), read([HEADER, DEPOSIT, FRENCH, FRENCH])]
  expect(first.map(({ id }) => id)).toEqual(second.slice(1).map(({ id }) => id))
  expect(new Set(first.map(({ id }) => id)).size).toBe(2)
})

it('counts no row twice that the API tells, too, in its own words', () => {
  const imported = read([HEADER, FRENCH, FRENCH, DEPOSIT])
  const told = aResult({
    opened: '12:30:06',
    closed: '12:47:24',
    from: '4061.4',
    to: '4073.08',
    size: '1',
    amount: '10.06',
    reference: 'XU9KG7AM',
  })
  const [api] = transactionRows([{ ...told, closedAtMs: Date.parse('2026-08-04T11:47:24Z') }])
  expect(onlyImported(imported, [api!]).map(({ reference }) => reference)).toEqual(['XU9KG7AM', 'XU6AA1QN'])
})
