import { RestRefusal } from './answer.ts'

/**
 * FIQL filters as activity takes them (IG Labs, REST API reference, "Activity history": `==`, `!=`, `,` for or, `;` for and,
 * parentheses; `and` binds tighter, as in the FIQL draft, draft-nottingham-atompub-fiql-00). A selector is a dotted path into
 * an item; in a list any element may match.
 * @returns whether an item passes.
 * @throws RestRefusal 400 for a text that is no filter.
 */
export function fiqlFilter(text: string): (item: unknown) => boolean {
  const tokens = text.match(TOKEN) ?? []
  if (tokens.join('') !== text) throw unreadable()
  let index = 0

  function readOr(): Test {
    const tests = [readAnd()]
    while (tokens[index] === ',') {
      index++
      tests.push(readAnd())
    }
    return item => tests.some(test => test(item))
  }
  function readAnd(): Test {
    const tests = [readOne()]
    while (tokens[index] === ';') {
      index++
      tests.push(readOne())
    }
    return item => tests.every(test => test(item))
  }
  function readOne(): Test {
    const token = tokens[index++]
    if (token === '(') {
      const inner = readOr()
      if (tokens[index++] !== ')') throw unreadable()
      return inner
    }
    const [, selector, operator, value] = /^([\w.]+)(==|!=)(.*)$/s.exec(token ?? '') ?? []
    if (selector === undefined || value === undefined) throw unreadable()
    const path = selector.split('.')
    const isNegated = operator === '!='
    return item => valuesAt(item, path).some(found => String(found) === value) !== isNegated
  }

  const test = readOr()
  if (index !== tokens.length) throw unreadable()
  return test
}

type Test = (item: unknown) => boolean

function valuesAt(item: unknown, [first, ...rest]: readonly string[]): readonly unknown[] {
  if (Array.isArray(item)) return item.flatMap(each => valuesAt(each, first === undefined ? [] : [first, ...rest]))
  if (first === undefined) return [item]
  return typeof item === 'object' && item !== null ? valuesAt(Reflect.get(item, first), rest) : []
}

function unreadable(): RestRefusal {
  return new RestRefusal(400, 'invalid.input')
}

const TOKEN = /[(),;]|[^(),;]+/g
