import { waitFor } from '@scalpdesk/testkit'
import { describe, expect, it } from 'vitest'
import { closedAfterEach } from './testing/closed-after-each.ts'
import { DAX, type DeskOnBroker, deskOnBroker, EURUSD } from './testing/desk-on-broker.ts'
import type { DeskOptions } from './testing/running-desk.ts'

/** What a person reads at each width, on the real program. */

const open = closedAfterEach()

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

/** Both prices, the level of the entry and its stop. */
const FIGURES = [/1\.10000/, /1\.10030/, /1\.10006/, /1\.09856/]
/** Select Graphic Rendition with a colour: ECMA-48, 8.3.117, parameters 30 to 47, and 90 to 107 of aixterm. */
const COLOURED = /\x1b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;\d+)*m/

function expectInside(screen: string, columns: number, rows: number): void {
  const lines = screen.split('\n')
  expect(lines.length).toBeLessThanOrEqual(rows)
  for (const line of lines) expect([...line].length).toBeLessThanOrEqual(columns)
}

describe.each(SIZES)('at %dx%d', (columns, rows) => {
  it('without colour and in French, says world, arming, outcome, what is open, both prices, the preset and the way out', async () => {
    const settings = { version: 1, screen: { language: 'fr' } }
    const { desk } = await busy({ columns, rows, settings, env: { NO_COLOR: '1' } })
    for (const word of [/ FICTIF /, / ARMÉ /, /OUVERT/, ...FIGURES, /▲ ACHAT +1 /, /taille 1 · stop 15 points/])
      expect(desk.screen()).toMatch(word)
    expect(desk.screen()).toMatch(/Space +tout clôturer/)
    expectInside(desk.screen(), columns, rows)
    expect(desk.raw()).not.toMatch(COLOURED)
  })

  it('in colour, says the same, keeps it in every layout, and shows every key on the pages of the help', async () => {
    const { desk, seen } = await busy({ columns, rows })
    for (const word of [/\bMOCK\b/, /\bARMED\b/, /\bOPEN\b/, ...FIGURES, /▲ BUY +1 /, /size 1 · stop 15 points/])
      expect(desk.screen()).toMatch(word)
    expect(desk.screen()).toMatch(/Space +close everything/)
    expectInside(desk.screen(), columns, rows)
    expect(desk.raw()).toMatch(COLOURED)
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

it('says it in English without colour too', async () => {
  const { desk } = await busy({ columns: 80, rows: 24, env: { NO_COLOR: '1' } })
  for (const word of [/\bMOCK\b/, /\bARMED\b/, /\bOPEN\b/, ...FIGURES, /▲ BUY +1 /]) expect(desk.screen()).toMatch(word)
})

it.each(['light', 'contrast', 'colour-blind'])('loses no word in the theme %s', async theme => {
  const { desk } = await busy({ columns: 80, rows: 24, settings: { version: 1, screen: { theme } } })
  for (const word of [/\bMOCK\b/, /\bARMED\b/, /\bOPEN\b/, /1\.10000/, /▲ BUY +1 /]) expect(desk.screen()).toMatch(word)
})
