import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InvalidInputError } from '../errors.ts'
import { type Fiql, fiql, formatFiql } from './fiql.ts'
import { parseFiql } from './parse-fiql.ts'

const SELECTOR = fc
  .array(fc.stringMatching(/^[A-Za-z0-9_]{1,8}$/), { minLength: 1, maxLength: 3 })
  .map(names => names.join('.'))
const VALUE = fc.string({ unit: 'grapheme', minLength: 1 })
const FILTER = fc.letrec<{ filter: Fiql; comparison: Fiql; group: Fiql }>(tie => ({
  filter: fc.oneof({ maxDepth: 4 }, tie('comparison'), tie('group')),
  comparison: fc.oneof(
    fc.tuple(SELECTOR, VALUE).map(([selector, value]) => fiql.equal(selector, value)),
    fc.tuple(SELECTOR, VALUE).map(([selector, value]) => fiql.notEqual(selector, value)),
  ),
  group: fc
    .tuple(fc.constantFrom('and' as const, 'or' as const), tie('filter'), fc.array(tie('filter'), { maxLength: 3 }))
    .map(([kind, first, others]) => fiql[kind](first, ...others)),
})).filter

describe('a filter', () => {
  it('is written as the reference does', () => {
    const channel = fiql.or(fiql.equal('channel', 'WEB'), fiql.equal('channel', 'MOBILE'))
    expect(formatFiql(fiql.and(fiql.notEqual('status', 'REJECTED'), channel))).toBe(
      'status!=REJECTED;(channel==WEB,channel==MOBILE)',
    )
  })

  it('is the same after it was written and read', () => {
    fc.assert(
      fc.property(FILTER, filter => {
        expect(parseFiql(formatFiql(filter))).toEqual(filter)
      }),
    )
  })

  it('has no reserved character in its values', () => {
    fc.assert(
      fc.property(SELECTOR, VALUE, (selector, value) => {
        expect(formatFiql(fiql.equal(selector, value)).slice(selector.length + 2)).toMatch(
          /^(?:[\w.~-]|%[0-9A-F]{2})+$/,
        )
      }),
    )
    expect(formatFiql(fiql.equal('description', "a;b,(c)=='!*"))).toBe('description==a%3Bb%2C%28c%29%3D%3D%27%21%2A')
  })

  it('of one part is that part, and takes groups of its own kind apart', () => {
    const [a, b, c] = [fiql.equal('a', '1'), fiql.equal('b', '2'), fiql.equal('c', '3')]
    expect(fiql.and(a)).toEqual(a)
    expect(fiql.or(fiql.or(a, b), c)).toEqual(fiql.or(a, b, c))
  })

  it('binds ; closer than ,', () => {
    const [a, b, c] = [fiql.equal('a', '1'), fiql.equal('b', '2'), fiql.equal('c', '3')]
    expect(parseFiql('a==1,b==2;c==3')).toEqual(fiql.or(a, fiql.and(b, c)))
    expect(parseFiql('(a==1,b==2);c==3')).toEqual(fiql.and(fiql.or(a, b), c))
    expect(parseFiql('((a==1))')).toEqual(a)
  })

  it.each([
    ['', 0, 'the name of a field'],
    ['status', 6, '== or !='],
    ['status=REJECTED', 6, '== or !='],
    ['size=gt=2', 4, '== or !='],
    ['status==', 8, 'a value'],
    ['status==A B', 9, '; or , or the end'],
    ['status==A;', 10, 'the name of a field'],
    ['(status==A', 10, 'a closing parenthesis'],
    ['status==A)', 9, '; or , or the end'],
    ['status==%4', 8, 'a value'],
    ['status==%FF', 8, 'a value'],
    ['details..x==1', 0, 'the name of a field'],
    [`${'('.repeat(60)}a==1${')'.repeat(60)}`, 50, 'at most 50 parentheses inside each other'],
  ])('that reads %j is refused at place %i', (text, place, expectation) => {
    expect(() => parseFiql(text)).toThrow(`expected ${expectation} at place ${place} of the filter`)
  })

  it.each([
    ['no field', () => fiql.equal('a b', '1')],
    ['no value', () => fiql.notEqual('a', '')],
    ['half a character', () => fiql.equal('a', '\ud800')],
    ['a group of none', () => formatFiql({ kind: 'and', parts: [] })],
    ['a field that was not checked', () => formatFiql({ kind: 'equal', selector: 'a==1;b', value: '2' })],
  ])('with %s is refused', (_title, make) => {
    expect(make).toThrow(InvalidInputError)
  })

  it('never fails but with the place', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        try {
          parseFiql(text)
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidInputError)
        }
      }),
    )
  })
})
