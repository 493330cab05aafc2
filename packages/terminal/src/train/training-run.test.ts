import { manualClock } from '@scalpdesk/testkit'
import { expect, it } from 'vitest'
import { profileTable } from '../keys/key-table.ts'
import { ENGLISH } from '../texts/english.ts'
import { FRENCH } from '../texts/french.ts'
import type { Texts } from '../texts/texts.ts'
import type { Drill } from './drill.ts'
import { repeating } from './shown-price.ts'
import { spokenTraining } from './spoken-training.ts'
import { runTraining } from './training-run.ts'
import { drawnTraining } from './training-screen.ts'

/** A run on a screen that is looked at and keys that are pressed by hand. */
function openRun(
  plan: readonly Drill['asked'][],
  { texts = ENGLISH, face = drawnTraining }: { texts?: Texts; face?: typeof drawnTraining } = {},
) {
  const clock = manualClock()
  let shown = ''
  let press = (_chunk: Uint8Array): void => {}
  const write = (text: string): void => {
    shown = text
  }
  const run = runTraining({
    face: face({ columns: 100, rows: 20, write }, texts),
    texts,
    terminal: {
      isMultiplexed: false,
      onInput(listener) {
        press = listener
      },
      onResize() {},
    },
    clock,
    table: profileTable('scalper'),
    plan: plan.map(asked => ({ asked, waitMs: 1_000 })),
    prices: repeating('EUR/USD', [{ afterMs: 400, bid: '1.10000', offer: '1.10006' }]),
  })
  return {
    run,
    clock,
    shown: () => shown,
    press: (text: string) => press(Buffer.from(text)),
    /** Turns the clock on until a text is shown. */
    until(text: string) {
      for (let turn = 0; turn < 1_000 && !shown.includes(text); turn++) clock.advance(10)
      expect(shown).toContain(text)
    },
  }
}

it('asks, takes the answer with its time, and ends after the last drill', async () => {
  const trainee = openRun(['buy', 'sell'])
  trainee.until('>>>  BUY  <<<')
  expect(trainee.shown()).toContain('bid 1.10000 · offer 1.10006')
  trainee.clock.advance(250)
  trainee.press('b')
  expect(trainee.shown()).toContain('BUY: 250 ms (b)')
  trainee.until('>>>  SELL  <<<')
  trainee.clock.advance(100)
  trainee.press('b')
  expect(trainee.shown()).toContain('WRONG SIDE: SELL was asked, b is buy')
  trainee.clock.advance(2_000)
  const { training } = await trainee.run.over
  expect(training.results).toMatchObject([
    { verdict: 'hit', reactionMs: 250 },
    { verdict: 'wrong-side', chord: 'b', reactionMs: 100 },
  ])
})

it('takes the same key again in the next drill, but not one that was never let go', async () => {
  const trainee = openRun(['buy', 'buy', 'buy'])
  trainee.until('>>>  BUY')
  trainee.press('b')
  trainee.clock.advance(600)
  trainee.until('>>>  BUY')
  trainee.press('b')
  // Held from here on: thirty bytes a second, through the next drill.
  for (let atMs = 0; atMs < 6_000; atMs += 30) {
    trainee.clock.advance(30)
    trainee.press('b')
  }
  const { training } = await trainee.run.over
  expect(training.results.map(({ verdict }) => verdict)).toEqual(['hit', 'hit', 'missed'])
})

it('says which keys are heard, and takes taps where the terminal tells them', async () => {
  const trainee = openRun(['sell'])
  trainee.until('does not tell modifiers')
  trainee.press('\x1b[?31u')
  expect(trainee.shown()).toContain('SELL s / Left Ctrl')
  trainee.until('>>>  SELL')
  trainee.press('\x1b[57442u')
  trainee.clock.advance(90)
  trainee.press('\x1b[57442;5:3u')
  trainee.clock.advance(1_000)
  expect((await trainee.run.over).training.results).toMatchObject([{ verdict: 'hit', chord: 'left-ctrl' }])
})

it('takes a paste for no answer, and says so', () => {
  const trainee = openRun(['buy'])
  trainee.until('>>>  BUY')
  trainee.press('\x1b[200~bbb\x1b[201~')
  expect(trainee.shown()).toContain('pasted text')
  expect(trainee.shown()).toContain('>>>  BUY')
})

it('ends with q, with what was done so far', async () => {
  const trainee = openRun(['buy', 'sell'])
  trainee.until('>>>  BUY')
  trainee.press('b')
  trainee.press('q')
  expect((await trainee.run.over).training.results).toHaveLength(1)
})

it('tells a run as lines, in French, each word once and no price', async () => {
  const told: string[] = []
  const trainee = openRun(['buy', 'sell'], {
    texts: FRENCH,
    face: (_terminal, texts) => spokenTraining(text => told.push(text), texts),
  })
  const turn = (word: string) => {
    for (let count = 0; count < 1_000 && !told.join('').endsWith(`${word}\n`); count++) trainee.clock.advance(10)
  }
  turn('ACHAT')
  trainee.clock.advance(250)
  trainee.press('b')
  turn('VENTE')
  trainee.press('\x1b[200~bbb\x1b[201~')
  trainee.press('h')
  trainee.clock.advance(2_000)
  await trainee.run.over
  expect(told.join('').replaceAll('\u00a0', ' ').split('\n')).toEqual([
    expect.stringMatching(
      /^ACHAT b {3}VENTE s {3}TOUT CLÔTURER Space .*ne signale pas les touches de modification seules/,
    ),
    'q termine',
    'ENTRAÎNEMENT · rien n’est envoyé · 1 sur 2',
    'ACHAT',
    'ACHAT : 250 ms (b)',
    'ENTRAÎNEMENT · rien n’est envoyé · 2 sur 2',
    'VENTE',
    'texte collé (3 octets) ignoré : rien n’est envoyé',
    'AUTRE TOUCHE : VENTE demandé, h veut dire clôturer la moitié',
    'terminé',
    '',
  ])
})
