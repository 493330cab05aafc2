import { expect, it } from 'vitest'
import { ENGLISH } from '../texts/english.ts'
import { FRENCH } from '../texts/french.ts'
import { paneBoxes } from './arrange/pane-boxes.ts'
import { drawnScreen } from './test/drawn-screen.ts'
import { CONFIRM_VIEW, FULL_VIEW, HELP_VIEW, PICKER_VIEW } from './test/full-view.ts'
import { LAYOUT_NAMES, type LayoutName, type ScreenView, SMALLEST_SCREEN } from './view.ts'

/** Every sequence of letters that a catalogue can say; those of its functions are in their source. */
function lettersOf(texts: object): Set<string> {
  const said = (part: unknown): string =>
    typeof part === 'object' && part !== null ? Object.values(part).map(said).join(' ') : String(part)
  return new Set(said(texts).match(/\p{L}{2,}/gu))
}

/** What comes in with the view, names and final words, is spelled with one letter only. */
function withoutWords<Part>(part: Part, isFree = false): Part {
  if (typeof part === 'string') return (isFree ? part.replace(/\p{L}/gu, 'f') : part) as Part
  if (typeof part !== 'object' || part === null) return part
  if (Array.isArray(part)) return part.map(one => withoutWords(one, isFree)) as Part
  return Object.fromEntries(
    Object.entries(part).map(([key, value]) => [key, withoutWords(value, FREE.has(key))]),
  ) as Part
}

const FREE: ReadonlySet<string> = new Set(
  'account name epic text spread stop limit market held label chords context detail note ask typed turn keyboard why log currency'.split(
    ' ',
  ),
)

/** The same in every language. */
const UNITS: ReadonlySet<string> = new Set(['UTC', 'ms'])

const WORDS = { english: lettersOf(ENGLISH), french: lettersOf(FRENCH) }
const VIEWS: readonly ScreenView[] = [
  FULL_VIEW,
  HELP_VIEW,
  PICKER_VIEW,
  CONFIRM_VIEW,
  {
    ...FULL_VIEW,
    environment: 'demo',
    mode: 'net',
    exposure: 'checking',
    workingOrders: null,
    orders: [],
    deals: [],
    guard: [],
    latencies: null,
    latency: null,
    arming: { kind: 'locked', why: 'x' },
    positions: FULL_VIEW.positions.map((position, at) => ({
      ...position,
      stop: null,
      limit: null,
      state: at === 0 ? 'closing' : 'checking',
    })),
    quote: { ...FULL_VIEW.quote, freshness: 'crossed', marketState: 'auction' },
    preset: { ...FULL_VIEW.preset, stop: null, limit: null },
  },
]

/** The screen without the panes that are painted with words of their own. */
function words(
  screen: string,
  columns: number,
  rows: number,
  layout: LayoutName,
  hasOverlay: boolean,
): readonly string[] {
  const painted = paneBoxes({ columns, rows, layout, hasOverlay }).filter(({ pane }) =>
    ['chart', 'ladder', 'tape'].includes(pane),
  )
  return screen.split('\n').flatMap((line, row) => {
    const across = painted.filter(({ y, height }) => y < row && row < y + height)
    const kept = [...line].map((letter, x) => (across.some(box => box.x <= x && x < box.x + box.width) ? ' ' : letter))
    // A word that is cut is followed by its mark.
    return kept.join('').match(/\p{L}{2,}(?!\p{L}*…)/gu) ?? []
  })
}

it.each(LAYOUT_NAMES)('no word of the French screen is English, in layout %s', async layout => {
  for (const [columns, rows] of [
    [SMALLEST_SCREEN.columns, SMALLEST_SCREEN.rows],
    [60, 30],
    [80, 24],
    [120, 40],
    [200, 50],
  ] as const) {
    for (const view of VIEWS) {
      const drawn = drawnScreen(columns, rows)
      drawn.show(withoutWords({ ...view, appearance: { ...view.appearance, layout, language: 'fr' }, keys: [] }), 0)
      const heard = await drawn.seen()
      drawn.look(4000)
      const silent = await drawn.seen()
      drawn.close()
      for (const screen of [heard, silent])
        for (const word of words(screen, columns, rows, layout, view.overlay !== null)) {
          if (/^f+$/.test(word) || UNITS.has(word)) continue
          expect(WORDS.french.has(word), `${word} at ${columns}x${rows} in\n${screen}`).toBe(true)
        }
    }
  }
})

it('finds English when there is some: the same look at the English screen', async () => {
  const drawn = drawnScreen(80, 24)
  drawn.show(withoutWords(FULL_VIEW), 0)
  const found = words(await drawn.seen(), 80, 24, 'auto', false)
  drawn.close()
  expect(found.filter(word => WORDS.english.has(word) && !WORDS.french.has(word))).toEqual(
    expect.arrayContaining(['MOCK', 'ARMED', 'OPEN', 'BID', 'OFFER', 'BUY', 'SELL']),
  )
})
