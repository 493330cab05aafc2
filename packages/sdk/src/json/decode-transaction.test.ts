import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DecodeError } from '../errors.ts'
import type { Transaction } from '../transaction.ts'
import { decodeTransaction } from './decode-transaction.ts'
import { JsonNode } from './json-node.ts'

// Shape: IG Labs, REST API reference, "Accounts", GET /history/transactions; figures are made up.
const TRADE = {
  date: '2024-03-06',
  dateUtc: '2024-03-05T23:12:09',
  openDateUtc: '2024-03-05T22:58:31',
  instrumentName: 'Germany 40 Cash (£1)',
  period: 'DFB',
  profitAndLoss: '£-1,042.75',
  transactionType: 'TRADE',
  reference: 'K3M81QWZ',
  openLevel: '17702.4',
  closeLevel: '17,744.1',
  size: '-25',
  currency: '£',
  cashTransaction: false,
}

describe('a transaction', () => {
  it('is read as it is', () => {
    expect(plain(decode(TRADE))).toEqual({
      closedAtMs: Date.UTC(2024, 2, 5, 23, 12, 9),
      openedAtMs: Date.UTC(2024, 2, 5, 22, 58, 31),
      date: '2024-03-06',
      instrumentName: 'Germany 40 Cash (£1)',
      period: 'DFB',
      profitAndLoss: { amount: '-1042.75', symbol: '£' },
      type: 'trade',
      reference: 'K3M81QWZ',
      openLevel: '17702.4',
      closeLevel: '17744.1',
      size: '-25',
      currencySymbol: '£',
      isCash: false,
    })
  })

  it('has nothing where IG writes a dash, and 0 where it writes 0', () => {
    const funding = decode({ ...TRADE, transactionType: 'WITH', openLevel: '-', closeLevel: '0', size: '-' })
    expect(plain(funding)).toMatchObject({ type: 'withdrawal', openLevel: null, closeLevel: '0', size: null })
  })

  it('of version 1 has a day in another form, and no instants', () => {
    const { dateUtc, openDateUtc, ...old } = TRADE
    expect(decode({ ...old, date: '06/03/24' })).toMatchObject({
      date: '2024-03-06',
      closedAtMs: null,
      openedAtMs: null,
    })
  })

  it('keeps a type that is new', () => {
    expect(decode({ ...TRADE, transactionType: 'BONUS' }).type).toEqual({ other: 'BONUS' })
  })

  it('survives whatever is odd beside the money', () => {
    const odd = { openDateUtc: 'soon', instrumentName: 7, period: null, openLevel: 'n/a', closeLevel: {}, size: '+-1' }
    expect(plain(decode({ ...TRADE, ...odd }))).toMatchObject({
      openedAtMs: null,
      instrumentName: null,
      period: null,
      openLevel: null,
      closeLevel: null,
      size: null,
      profitAndLoss: { amount: '-1042.75' },
    })
  })

  it.each([
    ['without a day or an instant', { date: null, dateUtc: null }, 'date'],
    ['with days that no calendar has', { date: '2024-02-30', dateUtc: '2024-02-30T10:00:00' }, 'date'],
    ['without money', { profitAndLoss: null }, 'profitAndLoss'],
    ['without a type', { transactionType: null }, 'transactionType'],
    ['without a reference', { reference: null }, 'reference'],
  ])('%s is refused, naming the place', (_title, part, name) => {
    expect(pathOf({ ...TRADE, ...part })).toBe(`transactions[3].${name}`)
  })
})

describe('booked money', () => {
  it.each([
    ['E-63.80', 'E', '-63.8'],
    ['£12.40', '£', '12.4'],
    ['£1,234.50', '£', '1234.5'],
    ['$+0.01', '$', '0.01'],
    ['¥-12,345,678', '¥', '-12345678'],
    ['A$-1.00', 'A$', '-1'],
    ['£0.00', '£', '0'],
    ['£-0.00', '£', '0'],
    ['15.20', '', '15.2'],
  ])('%s is read', (text, symbol, amount) => {
    const { profitAndLoss } = decode({ ...TRADE, profitAndLoss: text, currency: symbol })
    expect(profitAndLoss.symbol).toBe(symbol)
    expect(String(profitAndLoss.amount)).toBe(amount)
    expect(profitAndLoss.amount.toFixed()).toBe(amount)
  })

  it('has the symbol that stands before it where the row names none', () => {
    const { profitAndLoss, currencySymbol } = decode({ ...TRADE, currency: null })
    expect(profitAndLoss).toMatchObject({ symbol: '£' })
    expect(currencySymbol).toBeNull()
  })

  it.each([
    '-£12.40',
    '£(12.00)',
    '£12,40',
    '£1.234,50',
    '£1,23.00',
    '£12.40 CR',
    '£ 12.40',
    '£.50',
    '£12.',
    '£--1.00',
    '£1e3',
    '£',
    '',
    '-',
    '$12.40',
  ])('in another form (%s) is not guessed at', text => {
    expect(pathOf({ ...TRADE, profitAndLoss: text })).toBe('transactions[3].profitAndLoss')
  })

  it('is the same decimal after it was written in IG’s form and read', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
        fc.constantFrom(0, 2, 3),
        fc.constantFrom('£', '$', 'E', '€', 'SF', 'A$', 'kr', ''),
        fc.boolean(),
        (units, decimals, symbol, hasCommas) => {
          const amount = new Decimal(units.toString()).div(new Decimal(10).pow(decimals))
          const profitAndLoss = inIgsForm(units, decimals, symbol, hasCommas)
          const read = decode({ ...TRADE, profitAndLoss, currency: symbol }).profitAndLoss
          expect(read.amount.equals(amount)).toBe(true)
          expect(read.amount.toFixed(decimals)).toBe(amount.toFixed(decimals))
        },
      ),
      { numRuns: 1000 },
    )
  })
})

function decode(row: unknown): Transaction {
  return decodeTransaction(new JsonNode(row, 'transactions[3]'))
}

function pathOf(row: unknown): string {
  try {
    decode(row)
  } catch (error) {
    if (error instanceof DecodeError) return error.path
  }
  return 'not refused'
}

/** Decimals as text. */
function plain(transaction: Transaction): unknown {
  return JSON.parse(JSON.stringify(transaction))
}

function inIgsForm(units: bigint, decimals: number, symbol: string, hasCommas: boolean): string {
  const digits = String(units < 0n ? -units : units).padStart(decimals + 1, '0')
  const whole = digits.slice(0, digits.length - decimals)
  const grouped = hasCommas ? whole.replace(/\B(?=(?:\d{3})+$)/g, ',') : whole
  const fraction = decimals === 0 ? '' : `.${digits.slice(-decimals)}`
  return `${symbol}${units < 0n ? '-' : ''}${grouped}${fraction}`
}
