import { describe, expect, it } from 'vitest'
import type { ProfileName } from '../keys/key-profile.ts'
import { ENGLISH } from '../texts/english.ts'
import { FRENCH } from '../texts/french.ts'
import { bestMap, keyMaps } from './key-map.ts'
import { rateInterval } from './score.ts'
import type { TrainingRecord } from './training-record.ts'
import { comparisonWords, historyWords } from './training-words.ts'

/** A run in which one key chose sides: so many right ones in a time, so many wrong ones. */
function run(profile: ProfileName, chord: string, right: number, wrong: number, reactionMs: number): TrainingRecord {
  const answer = (verdict: 'hit' | 'wrong-side') =>
    ({ asked: 'buy', verdict, chord, pressed: verdict === 'hit' ? 'buy' : 'sell', reactionMs }) as const
  return {
    version: 1,
    at: '2026-01-05T10:00:00.000Z',
    profile,
    seed: 1,
    tape: null,
    hasBareModifiers: true,
    early: 0,
    results: [
      ...Array.from({ length: right }, () => answer('hit')),
      ...Array.from({ length: wrong }, () => answer('wrong-side')),
    ],
  }
}

describe('of the keys for two sides', () => {
  it('those of one profile are kept apart by the hand that uses them', () => {
    const maps = keyMaps([
      run('arrows', 'b', 2, 0, 300),
      run('arrows', 'left', 2, 0, 300),
      run('scalper', 'right-ctrl', 2, 0, 300),
    ])
    expect(maps.map(({ profile, hands }) => `${profile} ${hands}`).sort()).toEqual([
      'arrows arrows',
      'arrows letters',
      'scalper bare modifiers',
    ])
  })

  it.each([
    [
      'fewer wrong sides beat speed',
      run('scalper', 'b', 60, 30, 200),
      run('arrows', 'right', 90, 0, 400),
      'arrows',
      'wrong sides',
    ],
    [
      'speed decides where wrong sides cannot be told apart',
      run('scalper', 'b', 60, 1, 260),
      run('arrows', 'right', 60, 2, 320),
      'scalper',
      'speed',
    ],
    [
      'nothing is proved by a few milliseconds',
      run('scalper', 'b', 60, 1, 305),
      run('arrows', 'right', 60, 1, 300),
      'arrows',
      null,
    ],
  ] as const)('%s', (_what, one, other, profile, by) => {
    expect(bestMap(keyMaps([one, other]))).toMatchObject({ kind: 'best', map: { profile }, by })
    expect(bestMap(keyMaps([other, one]))).toMatchObject({ kind: 'best', map: { profile }, by })
  })

  it('none is called best on few answers, and it says how few', () => {
    const records = [run('scalper', 'b', 60, 0, 250), run('arrows', 'right', 12, 1, 200)]
    expect(bestMap(keyMaps(records)).kind).toBe('too-few')
    expect(comparisonWords({ records, unreadable: 0 }, ENGLISH).at(-1)).toBe(
      'too few answers to say which is best: arrows, arrows 13 of 30',
    )
  })

  it('the numbers stand behind the verdict', () => {
    const records = [run('scalper', 'b', 60, 30, 200), run('arrows', 'right', 90, 0, 400)]
    expect(comparisonWords({ records, unreadable: 0 }, ENGLISH)).toEqual([
      'keys for the two sides, over all runs:',
      '  arrows, arrows: p50 400 ms, p95 400 ms, wrong side 0 of 90 (0 % to 4 % with 95 % confidence)',
      '  scalper, letters: p50 200 ms, p95 200 ms, wrong side 30 of 90 (24 % to 44 % with 95 % confidence)',
      'best: arrows, arrows, by its fewer wrong sides',
    ])
  })
})

it('shows progress from the first runs to the last, and lines that are no runs', () => {
  const records = [run('scalper', 'b', 30, 10, 400), run('scalper', 'b', 40, 0, 300)]
  const words = historyWords({ records, unreadable: 2 }, ENGLISH)
  expect(words[0]).toBe(
    '2026-01-05 10:00 scalper: 40 drills, 30 hits: p50 400 ms, p95 400 ms; wrong side 10 of 40 (25 %); other key 0; missed 0',
  )
  expect(words).toContain(
    'progress, the first 1 run → the last 1: p50 400 ms → 300 ms, p95 400 ms → 300 ms, wrong side 25 % → 0 %',
  )
  expect(words.at(-1)).toBe('2 lines of training.ndjson are no runs and were left out')
  expect(historyWords({ records: [], unreadable: 0 }, ENGLISH)).toEqual(['no training yet; scalpdesk train begins one'])
})

it('says the same in French', () => {
  const records = [run('scalper', 'b', 60, 30, 200), run('arrows', 'right', 90, 0, 400)]
  const words = historyWords({ records, unreadable: 1 }, FRENCH).map(line => line.replaceAll('\u00a0', '~'))
  expect(words).toEqual([
    '2026-01-05 10:00 scalper~: 90 exercices, 60 réussis~: p50 200~ms, p95 200~ms; mauvais sens 30 sur 90 (33~%); autre touche 0; manqués 0',
    '2026-01-05 10:00 arrows~: 90 exercices, 90 réussis~: p50 400~ms, p95 400~ms; mauvais sens 0 sur 90 (0~%); autre touche 0; manqués 0',
    'progrès, la première séance → la dernière~: p50 200~ms → 400~ms, p95 200~ms → 400~ms, mauvais sens 33~% → 0~%',
    'touches des deux sens, sur toutes les séances~:',
    '  arrows, flèches~: p50 400~ms, p95 400~ms, mauvais sens 0 sur 90 (de 0~% à 4~%, sûr à 95~%)',
    '  scalper, lettres~: p50 200~ms, p95 200~ms, mauvais sens 30 sur 90 (de 24~% à 44~%, sûr à 95~%)',
    'la meilleure~: arrows, flèches, par moins de mauvais sens',
    '1 ligne de training.ndjson n’est pas une séance et est laissée de côté',
  ])
})

it.each([
  [0, 0, 0, 1],
  [0, 10, 0, 0.2775],
  [5, 10, 0.2366, 0.7634],
  [10, 10, 0.7225, 1],
])('knows a rate of %d in %d to lie between %d and %d', (count, of, low, high) => {
  const interval = rateInterval(count, of)
  expect([interval.low, interval.high]).toEqual([expect.closeTo(low, 4), expect.closeTo(high, 4)])
})
