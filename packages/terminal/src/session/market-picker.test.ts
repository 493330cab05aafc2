import { epic, type MarketDetails } from '@scalpdesk/sdk'
import { manualClock } from '@scalpdesk/testkit'
import { describe, expect, it } from 'vitest'
import { aMarketDetails } from '../testing/desk-states.ts'
import { type MarketSource, type NamedMarket, openMarketPicker } from './market-picker.ts'
import { sessionWords } from './session-words.ts'

const GOLD = { epic: epic('CS.D.CFDGOLD.CFDGC.IP'), name: 'Spot Gold' }
const DAX = { epic: epic('IX.D.DAX.IFD.IP'), name: 'Germany 40' }
const EURO = { epic: epic('CS.D.EURUSD.CFD.IP'), name: 'EUR/USD' }

/** A picker whose questions are answered by hand. */
function opened(refusal: string | null = null) {
  const clock = manualClock()
  const asked: { readonly what: string; answer(value: unknown): void; fail(error: Error): void }[] = []
  const chosen: string[] = []
  let waitMs = 0
  let hasLeft = false
  const ask = (what: string) =>
    new Promise<never>((resolve, reject) => {
      asked.push({ what, answer: value => resolve(value as never), fail: reject })
    })
  const source: MarketSource = {
    search: text => ask(`search ${text}`),
    watchlists: () => ask('watchlists'),
    watchlist: id => ask(`watchlist ${id}`),
    details: of => ask(`details ${of}`),
    waitMs: () => waitMs,
  }
  const picker = openMarketPicker({
    source,
    clock,
    words: sessionWords('en').picker,
    traded: [EURO],
    recent: [DAX],
    choose(market: MarketDetails | NamedMarket) {
      if (refusal === null) chosen.push(market.name)
      return refusal
    },
    onChange() {},
    onLeave() {
      hasLeft = true
    },
  })
  const settle = () => new Promise<void>(resolve => setImmediate(resolve))
  return {
    picker,
    chosen,
    get hasLeft() {
      return hasLeft
    },
    pass: (ms: number) => clock.advance(ms),
    shortOf(ms: number) {
      waitMs = ms
    },
    type(text: string) {
      for (const letter of text) picker.type({ kind: 'char', text: letter })
    },
    press: (kind: 'enter' | 'escape' | 'up' | 'down' | 'backspace') => picker.type({ kind }),
    questions: () => asked.map(({ what }) => what),
    async answer(what: string, value: unknown) {
      const found = asked.findLast(question => question.what === what)
      if (!found) throw new Error(`expected the question ${what}, but only ${asked.map(one => one.what)} were asked`)
      found.answer(value)
      await settle()
    },
    async fail(what: string, error: Error) {
      asked.findLast(question => question.what === what)?.fail(error)
      await settle()
    },
    shown() {
      const view = picker.view()
      if (view.kind !== 'picker') throw new Error(`expected a picker to be shown, but got ${view.kind}`)
      return {
        rows: view.rows.map(
          ({ name, detail, isSelected }) => `${isSelected ? '> ' : ''}${[name, detail].filter(Boolean).join(' · ')}`,
        ),
        note: view.note,
        typed: view.typed,
      }
    },
  }
}

describe('before anything is typed', () => {
  it('offers the traded markets, recent ones, and the watchlists, which Enter opens', async () => {
    const at = opened()
    at.pass(0)
    await at.answer('watchlists', [{ id: '7', name: 'Metals' }])
    expect(at.shown().rows).toEqual(['> EUR/USD · traded here', 'Germany 40 · recent', 'Metals · watchlist'])
    at.press('up')
    at.press('enter')
    at.pass(0)
    await at.answer('watchlist 7', [GOLD])
    expect(at.shown().rows).toEqual(['> Spot Gold · Metals'])
  })

  it('chooses a traded market without asking', () => {
    const at = opened()
    at.press('enter')
    expect(at.chosen).toEqual(['EUR/USD'])
  })
})

describe('a search', () => {
  it('waits for the typist to rest, and asks once', () => {
    const at = opened()
    at.type('gol')
    at.pass(200)
    at.type('d')
    at.pass(200)
    expect(at.questions()).toEqual([])
    at.pass(50)
    expect(at.questions()).toEqual(['search gold'])
  })

  it('drops an answer that a newer question overtook', async () => {
    const at = opened()
    at.type('ge')
    at.pass(250)
    at.type('r')
    at.pass(250)
    await at.answer('search ger', [DAX])
    await at.answer('search ge', [GOLD])
    expect(at.shown().rows).toEqual(['> Germany 40'])
  })

  it('waits for the allowance, says so, and then asks', () => {
    const at = opened()
    at.shortOf(3_000)
    at.type('gold')
    at.pass(250)
    expect(at.shown().note).toMatch(/allowance is short: asked again in 3 s/)
    at.shortOf(0)
    at.pass(3_000)
    expect(at.questions()).toEqual(['search gold'])
  })

  it('says that nothing was found, or why the broker did not say', async () => {
    const at = opened()
    at.type('xyz')
    at.pass(250)
    await at.answer('search xyz', [])
    expect(at.shown().note).toBe('no market has xyz in its name')
    at.type('z')
    at.pass(250)
    await at.fail('search xyzz', new Error('the line is cut'))
    expect(at.shown().note).toBe('the broker did not say: the line is cut')
  })

  it('shows the rules of the market on which the mark rests, and hands it over on Enter', async () => {
    const at = opened()
    at.type('gold')
    at.pass(250)
    await at.answer('search gold', [GOLD])
    at.pass(250)
    await at.answer(`details ${GOLD.epic}`, aMarketDetails(GOLD))
    expect(at.shown().rows[0]).toMatch(/Spot Gold .* size from 0\.5 · stop from 2 points · spread 0\.6/)
    at.press('enter')
    expect(at.chosen).toEqual(['Spot Gold'])
  })

  it('asks for the rules first where Enter comes before them', async () => {
    const at = opened()
    at.type('gold')
    at.pass(250)
    await at.answer('search gold', [GOLD])
    at.press('enter')
    at.pass(0)
    await at.answer(`details ${GOLD.epic}`, aMarketDetails(GOLD))
    expect(at.chosen).toEqual(['Spot Gold'])
  })
})

it('says why a market is not traded, and stays', async () => {
  const at = opened('it takes limit orders only')
  at.press('enter')
  expect(at.shown().note).toBe('not traded: it takes limit orders only')
  expect(at.hasLeft).toBe(false)
  at.press('escape')
  expect(at.hasLeft).toBe(true)
})

it('tells nothing any more once it is closed', async () => {
  const at = opened()
  at.type('gold')
  at.pass(250)
  at.picker.close()
  await at.answer('search gold', [GOLD])
  expect(at.shown().rows).not.toContain('> Spot Gold')
})
