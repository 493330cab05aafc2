import { seenTerminal } from '@scalpdesk/testkit'
import { expect, it } from 'vitest'
import { profileTable } from '../keys/key-table.ts'
import { keyboardOf } from '../keys/keyboard.ts'
import { ENGLISH } from '../texts/english.ts'
import { FRENCH } from '../texts/french.ts'
import type { Texts } from '../texts/texts.ts'
import type { DrillResult } from './training.ts'
import type { TrainingPicture } from './training-run.ts'
import { drawnTraining, trainingLines } from './training-screen.ts'

const WRONG: DrillResult = {
  asked: 'breakeven',
  verdict: 'other-key',
  chord: 'ctrl+home',
  pressed: 'previous-selection',
  reactionMs: 640,
}

/** A run after a mistake, whose words are the longest that there are. */
function picture(texts: Texts): TrainingPicture {
  const plan = Array.from({ length: 40 }, () => ({ asked: 'breakeven', waitMs: 1_000 }) as const)
  return {
    training: { plan, results: [WRONG, WRONG], early: 0, phase: { kind: 'told', result: WRONG, untilMs: 9 } },
    price: { afterMs: 100, bid: '1.10000', offer: '1.10006' },
    priceName: texts.training.madeUp('EUR/USD'),
    table: profileTable('scalper'),
    keyboard: keyboardOf(0, false),
    notice: null,
  }
}

const lines = (columns: number, rows: number, texts: Texts = ENGLISH): readonly string[] =>
  trainingLines(picture(texts), texts, columns, rows)

it.each([
  [40, 10],
  [40, 24],
  [60, 12],
  [80, 24],
  [120, 40],
])('at %dx%d fills the screen and cuts no word, in either language', (columns, rows) => {
  for (const texts of [ENGLISH, FRENCH]) {
    const shown = lines(columns, rows, texts)
    expect(shown).toHaveLength(rows)
    for (const line of shown) {
      expect(line.length).toBeLessThanOrEqual(columns)
      expect(line).not.toContain('…')
    }
    const words = shown.map(line => line.trim()).join(' ')
    expect(words).toContain(texts.actions['previous-selection'])
    expect(words).toContain(`· ${texts.training.nothingSent} · ${texts.training.place(3, 40)}`)
    expect(words).toContain(texts.training.ends)
  }
})

it('leaves the score out where there is no room for it, and shows it where there is', () => {
  expect(lines(40, 10).join(' ')).not.toContain('2 drills')
  expect(lines(80, 24).join(' ')).toContain(
    '2 drills, 0 hits: p50 –, p95 – (few: 0 hits); no side was chosen; other key 2',
  )
})

it('draws a row to its last column, over whatever was there', async () => {
  const columns = lines(200, 12, FRENCH)[0]?.length ?? 0
  const terminal = seenTerminal(columns, 12)
  // As the program enters it: without wrapping.
  terminal.write(`\x1b[?7l${'#'.repeat(columns * 12)}`)
  drawnTraining({ columns, rows: 12, write: terminal.write }, FRENCH).show(picture(FRENCH))
  await terminal.drawn()
  expect(terminal.screen().split('\n')).toEqual(lines(columns, 12, FRENCH).map(line => line.trimEnd()))
})
