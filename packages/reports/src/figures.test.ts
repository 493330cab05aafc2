import { Decimal } from '@scalpdesk/sdk'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  coinDigits,
  exactText,
  grouped,
  meanText,
  moneyText,
  msText,
  percentText,
  ratioText,
  shareText,
  signed,
  tradeCount,
} from './figures.ts'

const d = (text: string): Decimal => new Decimal(text)

it.each([
  ['1234.50', '1234.5'],
  ['0.00000001', '0.00000001'],
  ['1e21', '1000000000000000000000'],
  ['-0', '0'],
])('prints all digits of %s and no exponent', (given, text) => {
  expect(exactText(d(given))).toBe(text)
})

it.each([
  ['15', 'EUR', '15.00'],
  ['-0.005', 'EUR', '-0.005'],
  ['1500', 'JPY', '1500'],
  ['1.5', 'JPY', '1.5'],
  ['2.5', 'KWD', '2.500'],
  ['2.5', '£', '2.50'],
])('prints money of %s %s to its coins at least, and never drops a digit', (given, currency, text) => {
  expect(moneyText(d(given), currency)).toBe(text)
})

it('rounds a mean to the coin, half away from zero, and never to a negative zero', () => {
  expect(meanText(d('2.315'), 'EUR')).toBe('2.32')
  expect(meanText(d('-2.315'), 'EUR')).toBe('-2.32')
  expect(meanText(d('-0.001'), 'EUR')).toBe('0.00')
})

it('prints ratios to two decimals, and a share and its percentage with the same digits', () => {
  expect(ratioText(d('1.4247706'))).toBe('1.42')
  expect(shareText(0.375)).toBe('0.3750')
  expect(percentText(0.375)).toBe('37.50%')
  expect(percentText(0.99995)).toBe('100.00%')
  expect(msText(80.125)).toBe('80.13')
})

it('groups thousands for eyes and signs what is above zero', () => {
  expect(grouped('-1234567.8901')).toBe('-1,234,567.8901')
  expect(grouped('123')).toBe('123')
  expect(signed('12.00')).toBe('+12.00')
  expect(signed('0.00')).toBe('0.00')
  expect(signed('-3')).toBe('-3')
})

it('gives back any decimal from its text', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }),
      fc.integer({ min: 0, max: 12 }),
      (units, digits) => {
        const value = d(`${units}e-${digits}`)
        expect(d(exactText(value)).eq(value)).toBe(true)
        expect(d(grouped(moneyText(value, 'EUR')).replaceAll(',', '')).eq(value)).toBe(true)
        expect(exactText(value)).toMatch(/^-?\d+(\.\d+)?$/)
      },
    ),
  )
})

it('refuses what is not a finite figure', () => {
  expect(() => moneyText(d('NaN'), 'EUR')).toThrow('expected a finite figure')
  expect(() => shareText(Number.POSITIVE_INFINITY)).toThrow('expected a finite figure')
})

it('knows the currencies without coins and takes two digits for what it does not know', () => {
  expect([coinDigits('JPY'), coinDigits('BHD'), coinDigits('EUR'), coinDigits('???')]).toEqual([0, 3, 2, 2])
})

it.each([
  [0, '0 trades'],
  [1, '1 trade'],
  [1_234, '1,234 trades'],
])('counts %i as %s', (trades, words) => {
  expect(tradeCount(trades)).toBe(words)
})
