import { type Message, sentence } from '@scalpdesk/desk'
import { REJECTION_REASONS } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import { paneBoxes } from './arrange/pane-boxes.ts'
import { logLines } from './panes/log-lines.ts'
import { withLook } from './test/drawn-scene.ts'
import { drawnScreen } from './test/drawn-screen.ts'
import { FULL_VIEW } from './test/full-view.ts'

/** A change of a position's stop, refused: the words that come before the reason are the longest then. */
const refused = (reason: string): Message => ({
  id: 'rejected',
  values: { order: { kind: 'amend', legs: { stop: '1.08318', limit: null, trails: true } }, reason },
})

const SAID = (['en', 'fr'] as const).map(language =>
  Object.keys(REJECTION_REASONS)
    .map(reason => sentence(refused(reason), language))
    .toSorted((one, other) => other.length - one.length),
)
const LONGEST = SAID.flatMap(texts => texts.slice(0, 2))

const SIZES = [
  [40, 12],
  [40, 24],
  [60, 15],
  [80, 24],
  [80, 50],
  [119, 40],
  [120, 40],
  [200, 50],
] as const

/** What the outcome's rows say one after another while nothing else happens. */
async function readOutcome(columns: number, rows: number, text: string): Promise<readonly string[]> {
  const box = paneBoxes({ columns, rows, layout: 'auto', hasOverlay: false }).find(({ pane }) => pane === 'outcome')
  const view = withLook({ ...FULL_VIEW, outcome: { tone: 'bad', text } }, { layout: 'auto' })
  const drawn = drawnScreen(columns, rows, false)
  const pages: string[] = []
  for (let atMs = 0; atMs < 40_000; atMs += 1_000) {
    drawn.show(view, atMs)
    const lines = (await drawn.seen()).split('\n').slice(box?.y, (box?.y ?? 0) + (box?.height ?? 0))
    const page = lines
      .map(line => line.slice(2).trimEnd())
      .join(' ')
      .trimEnd()
    if (!pages.includes(page)) pages.push(page)
  }
  drawn.close()
  return pages
}

const unbroken = (text: string): string => text.replaceAll(/[…\s]/g, '')

it.each(SIZES)('at %dx%d what became of a key can be read whole, in either language', async (columns, rows) => {
  for (const text of LONGEST) {
    const pages = await readOutcome(columns, rows, text)
    expect(unbroken(pages.join(''))).toBe(unbroken(text))
    // From 120 columns on at once, and nowhere on more pages than somebody reads.
    expect(pages.length).toBeLessThanOrEqual(columns >= 120 ? 1 : rows >= 24 ? 2 : 3)
  }
})

it('keeps each reason whole in the log, at every width that a log has', () => {
  for (const [text] of SAID)
    for (const width of [38, 58, 78, 118, 198]) {
      const lines = logLines([`12:30:05 ${text}`], { width, height: 20 })
      const words = lines.map(line => line.map(piece => piece.text.slice(10)).join('')).join('')
      expect(unbroken(words)).toBe(unbroken(text ?? ''))
    }
})
