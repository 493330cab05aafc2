import { expect, it } from 'vitest'
import { ENGLISH } from '../texts/english.ts'
import { FRENCH } from '../texts/french.ts'
import { positionWords, replayControls } from './replay-controls.ts'
import type { SessionInput } from './session-input.ts'
import type { TapePosition } from './tape-control.ts'

const PLAYING: TapePosition = {
  atMs: Date.UTC(2026, 0, 5, 13, 0, 7),
  fraction: 0.256,
  isPaused: false,
  hasEnded: false,
  speed: 2,
  goingOnToMs: null,
}

it.each<[change: Partial<TapePosition>, english: string, french: string]>([
  [{}, '13:00:07 25% x2', '13:00:07 25% x2'],
  [{ isPaused: true }, '13:00:07 25% paused', '13:00:07 25% en pause'],
  [{ hasEnded: true }, '13:00:07 tape ended', '13:00:07 fin de bande'],
  [{ goingOnToMs: Date.UTC(2026, 0, 5, 13, 2) }, '13:00:07 25% to 13:02:00', '13:00:07 25% jusqu’à 13:02:00'],
  [{ atMs: null }, '25% x2', '25% x2'],
])('says for the header where a tape is that is at %j', (change, english, french) => {
  const position = { ...PLAYING, ...change }
  expect([positionWords(position, ENGLISH.replay), positionWords(position, FRENCH.replay)]).toEqual([english, french])
})

it('drives the tape by its keys and tells each in words, save one that the trader has bound', () => {
  const added: SessionInput[] = []
  const told: string[] = []
  const wishes = {
    add: (input: SessionInput) => added.push(input),
    tell: (text: string) => told.push(text),
    back: () => told.push('(back)'),
  }
  const controls = replayControls({ position: PLAYING }, wishes, name => name === 'f7', ENGLISH.replay)
  for (const number of [15, 17, 18, 19, 20]) controls.take(Buffer.from(`\x1b[${number}~`))
  controls.take(Buffer.from('\x1bOS'))
  expect(added).toEqual(
    [
      { kind: 'pause' },
      { kind: 'step' },
      { kind: 'speed', speed: 4 },
      { kind: 'go-on', untilMs: PLAYING.atMs! + 60_000 },
    ].map(control => ({ kind: 'tape', control })),
  )
  expect(told).toEqual([
    'TAPE paused',
    'TAPE: one tick',
    'TAPE x4',
    'TAPE goes on to 13:01:07',
    'TAPE goes back by a minute',
    '(back)',
  ])
})
