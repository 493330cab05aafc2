import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ItemState } from './item-state.ts'
import { RowDecoder, type RowOutcome } from './row-decoder.ts'

// The value list of `U`: TLCP specification, "Data updates".

const decoder = new RowDecoder()

function apply(row: string, item: ItemState): RowOutcome {
  const bytes = Buffer.from(`U,1,1,${row}\r\nU,1,1,next\r\n`)
  decoder.head(bytes, 0)
  const outcome = decoder.values(bytes, bytes.length, item)
  // Whatever was in it: the next line is found.
  expect(bytes.toString('utf8', decoder.at)).toBe('U,1,1,next\r\n')
  return outcome
}

const known = (first = 'a|b|c|d') => {
  const item = new ItemState(4)
  expect(apply(first, item)).toBe('good')
  return item
}

const valuesOf = (item: ItemState) => Array.from({ length: item.fields }, (_, field) => item.value(field))
const changedOf = (item: ItemState) =>
  Array.from({ length: item.fields }, (_, field) => (item.isChanged(field) ? 1 : 0))

describe('a value list', () => {
  it.each<readonly [string, string, readonly (string | null)[], RowOutcome, readonly number[]]>([
    ['names every value', 'w|x|y|z', ['w', 'x', 'y', 'z'], 'good', [1, 1, 1, 1]],
    ['an empty token keeps the value', 'w||y|', ['w', 'b', 'y', 'd'], 'good', [1, 0, 1, 0]],
    ['# is null and $ is empty', '#|$|y|z', [null, '', 'y', 'z'], 'good', [1, 1, 1, 1]],
    ['^N keeps a run', '^3|z', ['a', 'b', 'c', 'z'], 'good', [0, 0, 0, 1]],
    ['^1 keeps one', 'w|^1|y|^1', ['w', 'b', 'y', 'd'], 'good', [1, 0, 1, 0]],
    ['a row may change nothing', '^4', ['a', 'b', 'c', 'd'], 'good', [0, 0, 0, 0]],
    ['a row of bars may change nothing', '|||', ['a', 'b', 'c', 'd'], 'good', [0, 0, 0, 0]],
    [
      'percent codes are decoded',
      '%23x|%24|a%7Cb%2520c,d ^e|%C3%A9',
      ['#x', '$', 'a|b%20c,d ^e', 'é'],
      'good',
      [1, 1, 1, 1],
    ],
    ['other characters need no code', 'é|日本|a b|€%25', ['é', '日本', 'a b', '€%'], 'good', [1, 1, 1, 1]],
    ['## and $$ are texts', '##|$$|y|z', ['##', '$$', 'y', 'z'], 'good', [1, 1, 1, 1]],
    ['a bare CR or LF is part of a value', 'a\rb|c\nd|y|z', ['a\rb', 'c\nd', 'y', 'z'], 'good', [1, 1, 1, 1]],
    ['a long value is kept whole', `${'v'.repeat(500)}|x|y|z`, ['v'.repeat(500), 'x', 'y', 'z'], 'good', [1, 1, 1, 1]],
    ['a short row keeps the rest', 'w|x', ['w', 'x', 'c', 'd'], 'short', [1, 1, 0, 0]],
    ['a long row loses its end', 'w|x|y|z|!', ['w', 'x', 'y', 'z'], 'long', [1, 1, 1, 1]],
    ['a run past the end stops there', 'w|^9', ['w', 'b', 'c', 'd'], 'long', [1, 0, 0, 0]],
  ])('%s', (_title, row, values, outcome, changed) => {
    const item = known()
    expect(apply(row, item)).toBe(outcome)
    expect(valuesOf(item)).toEqual(values)
    expect(changedOf(item)).toEqual(changed)
    expect(item.isSpoiled).toBe(false)
  })

  it.each(['^P[]|x|y|z', '^Tbdx|x|y|z', '^|x|y|z', '^x|x|y|z', '%zz|x|y|z', '%E9|x|y|z'])('cannot be read: %s', row => {
    const item = known()
    expect(apply(row, item)).toBe('bad')
    expect(item.isSpoiled).toBe(true)
  })

  it('is not UTF-8: cannot be read', () => {
    const item = known()
    const bytes = Buffer.concat([Buffer.from('U,1,1,'), Buffer.from([0xff, 0xfe]), Buffer.from('|||\r\n')])
    decoder.head(bytes, 0)
    expect(decoder.values(bytes, bytes.length, item)).toBe('bad')
  })

  it.each(['|b|c|d', '^2|c|d', 'a|b', '', '^Tab|b|c|d'])('a first row must name every field: %s', row => {
    expect(apply(row, new ItemState(4))).toBe('bad')
  })

  it('applies ^T to a text that was in its slot, and ^P to JSON; the patch can be read', () => {
    const item = known('foobar|{"a":1,"b":[1,2]}|c|d')
    expect(apply('^Tbdzapcd|^P%5B%7B"op":"replace","path":"/a","value":2%7D%5D||', item)).toBe('good')
    expect(valuesOf(item)).toEqual(['fzapbar', '{"a":2,"b":[1,2]}', 'c', 'd'])
    expect(item.patches?.get(1)).toBe('[{"op":"replace","path":"/a","value":2}]')
    apply('^Tb|||', item)
    expect(item.value(0)).toBe('f')
    expect(item.patches).toBeNull()
  })

  it('cannot be read: a diff of null', () => {
    expect(apply('^Tb|||', known('#|b|c|d'))).toBe('bad')
  })

  it('gives back what any encoder of the specification wrote', () => {
    const value = fc.option(fc.string({ unit: 'binary' }), { nil: null })
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 8 }), values => {
        const item = new ItemState(values.length)
        expect(apply(values.map(encode).join('|'), item)).toBe('good')
        expect(valuesOf(item)).toEqual(values.map(each => each?.toWellFormed() ?? null))
      }),
    )
  })

  it('agrees with a plain model over whole histories', () => {
    const token = fc.oneof(
      fc.constantFrom('', '#', '$'),
      fc.string({ maxLength: 30 }).map(text => encode(text)),
    )
    const row = fc.array(token, { minLength: 3, maxLength: 3 })
    fc.assert(
      fc.property(fc.array(row, { maxLength: 20 }), rows => {
        const item = new ItemState(3)
        apply('1|2|3', item)
        const model: (string | null)[] = ['1', '2', '3']
        for (const tokens of rows) {
          expect(apply(tokens.join('|'), item)).toBe('good')
          for (const [field, each] of tokens.entries()) if (each !== '') model[field] = decode(each)
          expect(valuesOf(item)).toEqual(model)
          expect(changedOf(item)).toEqual(tokens.map(each => (each === '' ? 0 : 1)))
        }
      }),
    )
  })

  it('never throws, and always finds the next line, whatever comes', () => {
    const line = fc.string({ unit: 'binary' }).filter(text => !text.includes('\r\n') && !/[\r\n]$/.test(text))
    fc.assert(fc.property(line, row => void apply(row, known())))
  })
})

describe('numbers without texts', () => {
  it('are exact, or not there', () => {
    const item = known('1.08501|-12.5|#|DEAL')
    expect([0, 1, 2, 3].map(field => item.units(field, 5))).toEqual([108_501, -1_250_000, null, null])
    expect(item.units(0, 4)).toBeNull()
    expect(item.units(9, 4)).toBeNull()
    expect(item.value(0)).toBe('1.08501')
    expect(item.units(0, 5)).toBe(108_501)
  })
})

describe('the head of a row', () => {
  it('has the subscription, the item and where the values start', () => {
    expect(decoder.head(Buffer.from('U,12,3,a|b\r\n'), 0)).toBe(true)
    expect([decoder.subId, decoder.item, decoder.at]).toEqual([12, 3, 7])
  })

  it.each(['U,', 'U,1', 'U,1,', 'U,1,2', 'U,,2,a', 'U,x,2,a', 'U,1,,a', 'U,1,2.5,a'])('cannot be read: %s', line => {
    expect(decoder.head(Buffer.from(`${line}\r\n`), 0)).toBe(false)
  })
})

/** TLCP specification, "Data updates": the shortest encoding. Independent of the decoder. */
function encode(value: string | null): string {
  if (value === null) return '#'
  if (value === '') return '$'
  const text = value.toWellFormed().replace(/[%|\r\n]/g, encodeURIComponent)
  return /^[#$^]/.test(text) ? `%${text.charCodeAt(0).toString(16)}${text.slice(1)}` : text
}

function decode(token: string): string | null {
  if (token === '#') return null
  return token === '$' ? '' : decodeURIComponent(token)
}
