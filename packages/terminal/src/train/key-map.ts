import { isBareModifier } from '../keys/key-names.ts'
import type { ProfileName } from '../keys/key-profile.ts'
import { rateInterval, type Score, scoreOf } from './score.ts'
import type { DrillResult } from './training.ts'
import type { TrainingRecord } from './training-record.ts'

/** The keys with which sides were chosen in a profile: a profile has letters, modifiers by themselves, and perhaps arrows. */
export interface KeyMap {
  readonly profile: ProfileName
  readonly hands: 'letters' | 'bare modifiers' | 'arrows'
  readonly score: Score
}

export type BestMap =
  /** Fewer than two maps were tried. */
  | { readonly kind: 'alone' }
  /** Maps that were tried too seldom to say anything. */
  | { readonly kind: 'too-few'; readonly maps: readonly KeyMap[] }
  /** `by`: what told it from the runner-up; null when nothing did for certain. */
  | { readonly kind: 'best'; readonly map: KeyMap; readonly by: 'wrong sides' | 'speed' | null }

/** Answers of one map below which nothing is said about it: our choice, the rate of wrong sides is not known to 10 % by then. */
export const LEAST_SIDES = 30

/** Buying and selling, by the keys that did it. Other drills say nothing about sides. */
export function keyMaps(records: readonly TrainingRecord[]): readonly KeyMap[] {
  const groups = new Map<string, { readonly map: Omit<KeyMap, 'score'>; readonly results: DrillResult[] }>()
  for (const { profile, results } of records)
    for (const result of results) {
      if (result.chord === null || (result.verdict !== 'hit' && result.verdict !== 'wrong-side')) continue
      if (result.asked !== 'buy' && result.asked !== 'sell') continue
      const hands = handsOf(result.chord)
      const group = groups.get(`${profile} ${hands}`) ?? { map: { profile, hands }, results: [] }
      groups.set(`${profile} ${hands}`, group)
      group.results.push(result)
    }
  return [...groups.values()].map(({ map, results }) => ({ ...map, score: scoreOf(results) })).sort(byWorth)
}

function handsOf(chord: string): KeyMap['hands'] {
  if (isBareModifier(chord)) return 'bare modifiers'
  return ['left', 'right', 'up', 'down'].includes(chord) ? 'arrows' : 'letters'
}

const rate = ({ score }: KeyMap): number => (score.sides === 0 ? 1 : score.wrongSides / score.sides)
const speed = ({ score }: KeyMap): number => score.p50Ms ?? Number.POSITIVE_INFINITY

function byWorth(one: KeyMap, other: KeyMap): number {
  const surer = moreWrong(one, other) ? 1 : moreWrong(other, one) ? -1 : 0
  return surer || speed(one) - speed(other) || rate(one) - rate(other)
}

/** Told apart only where the intervals do not overlap: a wrong side costs more than a tenth of a second. */
function moreWrong(one: KeyMap, other: KeyMap): boolean {
  const low = rateInterval(one.score.wrongSides, one.score.sides).low
  return low > rateInterval(other.score.wrongSides, other.score.sides).high
}

/** Medians nearer than this are the same: our choice, well below what a person feels. */
const SAME_SPEED_MS = 15

export function bestMap(maps: readonly KeyMap[]): BestMap {
  if (maps.length < 2) return { kind: 'alone' }
  const few = maps.filter(({ score }) => score.sides < LEAST_SIDES)
  if (maps.length - few.length < 2) return { kind: 'too-few', maps: few }
  const [map, second] = maps.filter(({ score }) => score.sides >= LEAST_SIDES).toSorted(byWorth)
  if (!map || !second) return { kind: 'too-few', maps: few }
  const isQuicker = speed(second) - speed(map) >= SAME_SPEED_MS
  return { kind: 'best', map, by: moreWrong(second, map) ? 'wrong sides' : isQuicker ? 'speed' : null }
}
