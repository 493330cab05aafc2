import { waitFor } from '@scalpdesk/testkit'
import { afterEach, describe, expect, it } from 'vitest'
import { DAX, type DeskOnBroker, deskOnBroker, EURUSD } from './testing/desk-on-broker.ts'
import type { DeskOptions } from './testing/running-desk.ts'

/** What a person reads at each width, on the real program. */

const open: AsyncDisposable[] = []
afterEach(async () => {
  for (const part of open.splice(0).reverse()) await part[Symbol.asyncDispose]()
})

const SIZES = [
  [40, 12],
  [60, 20],
  [80, 24],
  [120, 40],
  [200, 50],
] as const

/** Two markets, a position with its stop, and an order that rests. */
async function busy(options: DeskOptions): Promise<DeskOnBroker> {
  const on = await deskOnBroker({ open }, { args: ['--epic', EURUSD, '--epic', DAX], ...options })
  on.desk.type('b')
  await on.seen('1.09856')
  await on.price('1.10000', '1.10030')
  on.desk.type('j')
  await waitFor('an order at the broker', () => on.broker.workingOrders().length === 1)
  await on.seen(/1 working order|1 ordre en attente/)
  return on
}

const linesOf = (screen: string): readonly string[] => screen.split('\n')

describe.each(SIZES)('at %dx%d', (columns, rows) => {
  it.each([
    ['in colour', {}],
    ['without colour', { NO_COLOR: '1' }],
  ])('%s, says world, arming, outcome, what is open, both prices, the preset and the way out', async (_how, env) => {
    const { desk } = await busy({ columns, rows, env })
    const screen = desk.screen()
    for (const word of [
      /\bMOCK\b/,
      /\bARMED\b/,
      /\bOPEN\b/,
      /1\.10000/,
      /1\.10030/,
      /▲ BUY +1 /,
      /1\.10006/,
      /1\.09856/,
    ])
      expect(screen).toMatch(word)
    expect(screen).toMatch(/size 1 · stop 15 points/)
    expect(screen).toMatch(/Space +close everything/)
    expect(linesOf(screen).length).toBeLessThanOrEqual(rows)
    for (const line of linesOf(screen)) expect([...line].length).toBeLessThanOrEqual(columns)
    // Select Graphic Rendition with a colour: ECMA-48, 8.3.117, parameters 30 to 47, and 90 to 107 of aixterm.
    const coloured = /\x1b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;\d+)*m/
    if ('NO_COLOR' in env) expect(desk.raw()).not.toMatch(coloured)
    else expect(desk.raw()).toMatch(coloured)
  })

  it('says the same in French', async () => {
    const { desk } = await busy({ columns, rows, settings: { version: 1, screen: { language: 'fr' } } })
    for (const word of [
      / FICTIF /,
      / ARMÉ /,
      /OUVERT/,
      /1\.10000/,
      /1\.10030/,
      /▲ ACHAT +1 /,
      /taille 1 · stop 15 points/,
    ])
      expect(desk.screen()).toMatch(word)
    expect(desk.screen()).toMatch(/Space +tout clôturer/)
  })

  it('keeps all of this in every layout, and shows every key on the pages of the help', async () => {
    const { desk, seen } = await busy({ columns, rows })
    for (const layout of ['price', 'ladder', 'blotter', 'markets', 'auto']) {
      desk.type('w')
      const screen = await seen(`LAYOUT ${layout}`)
      for (const word of [/\bMOCK\b/, /\bARMED\b/, /\bOPEN\b/, /1\.10000/, /▲ BUY +1 /]) expect(screen).toMatch(word)
    }
    desk.type('?')
    const first = await desk.waitForScreen(/─ KEYS/)
    const pages = Number(/page 1 of (\d+)/.exec(first)?.[1] ?? 1)
    let all = first
    for (let page = 2; page <= pages; page++) {
      desk.type('\x1b[6~')
      all += await desk.waitForScreen(`page ${page} of ${pages}`)
    }
    for (const label of [
      'close everything',
      'buy',
      'stop to breakeven',
      'lock the day',
      'pick a market',
      'draw anew',
      'size 1 to 9',
    ])
      expect(all).toMatch(new RegExp(` ${label}`))
    desk.type('?')
    await desk.waitForScreen(screen => !screen.includes('─ KEYS'))
  })
})

it.each(['light', 'contrast', 'colour-blind'])('loses no word in the theme %s', async theme => {
  const { desk } = await busy({ columns: 80, rows: 24, settings: { version: 1, screen: { theme } } })
  for (const word of [/\bMOCK\b/, /\bARMED\b/, /\bOPEN\b/, /1\.10000/, /▲ BUY +1 /]) expect(desk.screen()).toMatch(word)
})
