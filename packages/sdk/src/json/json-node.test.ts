import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DecodeError } from '../errors.ts'
import { JsonNode } from './json-node.ts'

describe('a number', () => {
  it.each([
    ['3.3300000000000000710542735760100', '3.33'],
    ['1.08417', '1.08417'],
    ['-12.5', '-12.5'],
    ['1e-7', '0.0000001'],
    ['10000.0', '10000'],
  ])('%s of a document is %s', (text, decimal) => {
    expect(new JsonNode(JSON.parse(text), '').decimal().toFixed()).toBe(decimal)
  })

  it('keeps every digit of a decimal of up to 15', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(10 ** 15) + 1, max: 10 ** 15 - 1 }), fc.nat(12), (units, decimals) => {
        const written = new Decimal(units).times(new Decimal(10).pow(-decimals))
        expect(new JsonNode(JSON.parse(written.toFixed()), '').decimal().equals(written)).toBe(true)
      }),
    )
  })

  it.each([['abc'], [''], ['1.'], ['Infinity'], ['0x10'], [true], [null], [{}]])('is not %o', value => {
    expect(() => new JsonNode(value, 'here').decimal()).toThrow(DecodeError)
  })
})

describe('a time', () => {
  it.each([
    ['2024-06-14T23:41:01', Date.UTC(2024, 5, 14, 23, 41, 1)],
    ['2024-06-14T23:41:01.327', Date.UTC(2024, 5, 14, 23, 41, 1, 327)],
    ['2024-06-30T20:59', Date.UTC(2024, 5, 30, 20, 59)],
  ])('%s is UTC', (text, ms) => {
    expect(new JsonNode(text, '').utcMs()).toBe(ms)
  })

  it.each([['2024-02-30T00:00:00'], ['14/06/24'], [''], [1718408461000], [null]])('is not %o', value => {
    expect(() => new JsonNode(value, 'here').utcMs()).toThrow(DecodeError)
  })
})

it('a part that is no object has no fields', () => {
  for (const value of [null, undefined, [], 'x', 1])
    expect(new JsonNode(value, '').orEmpty().get('a').isAbsent).toBe(true)
  expect(new JsonNode({ a: 1 }, '').orEmpty().get('a').value).toBe(1)
})
