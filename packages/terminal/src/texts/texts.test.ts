import { expect, it } from 'vitest'
import { ENGLISH } from './english.ts'
import { FRENCH } from './french.ts'
import { textsOf } from './texts.ts'

type Leaf = readonly [path: string, value: unknown]

function leaves(value: object, path: string): readonly Leaf[] {
  return Object.entries(value).flatMap(([key, part]) =>
    typeof part === 'object' && part !== null ? leaves(part, `${path}.${key}`) : [[`${path}.${key}`, part] as const],
  )
}

/** A text with made-up values in it. */
function said(text: unknown, count: number): string {
  if (typeof text === 'string') return text
  if (typeof text === 'function') return String(text(count, count))
  throw new Error(`expected a text or a function that makes one, but got ${String(text)}`)
}

it('has the same texts in each language', () => {
  expect(leaves(FRENCH, '').map(([path]) => path)).toEqual(leaves(ENGLISH, '').map(([path]) => path))
  expect([textsOf('en'), textsOf('fr')]).toEqual([ENGLISH, FRENCH])
})

it.each(Object.entries({ ENGLISH, FRENCH }))('says in %s nothing empty, nothing of another width', (_name, texts) => {
  for (const [path, text] of leaves(texts, '')) {
    for (const count of [0, 1, 2, 5]) {
      const words = said(text, count)
      if (!path.endsWith('stopKind.normal')) expect(words.trim(), path).not.toBe('')
      // Letters, accents that stand on their letter, the typographic apostrophe: one column each in every terminal.
      expect(words, path).toMatch(/^[ -~\u00a0\u00c0-\u00ff’…→]*$/u)
    }
  }
})

it('lets no line of French begin with a sign that belongs to the line before', () => {
  for (const [path, text] of leaves(FRENCH, ''))
    expect(said(text, 2), path).not.toMatch(/[^\u00a0\d][:;!%]|[^\u00a0 ]\?|[^;] \?/)
})

it('counts as each language does: English none is many, French none is one', () => {
  expect([0, 1, 2].map(ENGLISH.states.workingOrders)).toEqual([
    '0 working orders at the broker',
    '1 working order at the broker',
    '2 working orders at the broker',
  ])
  expect([0, 1, 2].map(FRENCH.states.workingOrders)).toEqual([
    '0 ordre en attente chez le courtier',
    '1 ordre en attente chez le courtier',
    '2 ordres en attente chez le courtier',
  ])
})

it.each(Object.entries({ ENGLISH, FRENCH }))('tells the states of a kind apart in %s', (_name, { states, sides }) => {
  for (const kind of [states.environment, states.arming, states.exposure, states.freshness, sides]) {
    const words: readonly string[] = Object.values(kind)
    expect(new Set(words).size).toBe(words.length)
  }
  // Whoever reads one word must not take it for another that holds it.
  expect(states.arming.disarmed.startsWith(states.arming.armed)).toBe(false)
})

it.each(Object.entries({ ENGLISH, FRENCH }))(
  'asks in %s in no more than the narrowest screen has room for',
  (_name, texts) => {
    const { quitShort, lockDayShort, acceptUnknownShort } = texts.session.questions
    for (const question of [quitShort, lockDayShort, acceptUnknownShort('SD-1A2B3C-1')]) {
      expect(question.length).toBeLessThanOrEqual(38)
      expect(question).toMatch(/\? y \/ n$/)
    }
  },
)
