import { chordName } from '../keys/key-chord.ts'
import { unreachable } from '../screen/unreachable.ts'
import { bestMap, type KeyMap, keyMaps, LEAST_SIDES } from './key-map.ts'
import { rateInterval, type Score, scoreOf } from './score.ts'
import type { TrainingHistory } from './training-file.ts'
import type { TrainingRecord } from './training-record.ts'

const milliseconds = (value: number | null): string => (value === null ? '–' : `${Math.round(value)} ms`)
const percent = (part: number): string => `${Math.round(part * 100)} %`

/** Reaction time, wrong sides and misses of a number of drills, in words. */
export function scoreWords(score: Score): string {
  const { drills, hits, missed, otherKeys, sides, wrongSides, p50Ms, p95Ms } = score
  const few = hits < LEAST_SIDES ? ` (few: ${hits} hits)` : ''
  const wrong =
    sides === 0 ? 'no side was chosen' : `wrong side ${wrongSides} of ${sides} (${percent(wrongSides / sides)})`
  return (
    `${drills} drills, ${hits} hits: p50 ${milliseconds(p50Ms)}, p95 ${milliseconds(p95Ms)}${few}; ` +
    `${wrong}; other key ${otherKeys}; missed ${missed}`
  )
}

/** What a run came to, and how it compares with the ones before. */
export function runWords(record: TrainingRecord, history: TrainingHistory): readonly string[] {
  const mistakes = record.results
    .filter(({ verdict }) => verdict === 'wrong-side' || verdict === 'other-key')
    .map(
      ({ asked, pressed, chord }) => `${asked} asked, ${pressed} pressed (${chord === null ? '' : chordName(chord)})`,
    )
  return [
    `${record.profile}: ${scoreWords(scoreOf(record.results))}; pressed too early ${record.early}`,
    ...(mistakes.length > 0 ? [`mistakes: ${mistakes.join(', ')}`] : []),
    ...comparisonWords(history),
  ]
}

/** Every run by its date, then the key maps beside each other. */
export function historyWords(history: TrainingHistory): readonly string[] {
  const { records, unreadable } = history
  return [
    ...(records.length === 0 ? ['no training yet; scalpdesk train begins one'] : []),
    ...records.map(
      record => `${record.at.slice(0, 16).replace('T', ' ')} ${record.profile}: ${scoreWords(scoreOf(record.results))}`,
    ),
    ...progressWords(records),
    ...comparisonWords(history),
    ...(unreadable > 0 ? [`${unreadable} lines of training.ndjson are no runs and were left out`] : []),
  ]
}

/** The first and the last runs side by side: one run alone says little. */
function progressWords(records: readonly TrainingRecord[]): readonly string[] {
  if (records.length < 2) return []
  const half = Math.floor(records.length / 2)
  const score = (some: readonly TrainingRecord[]) => scoreOf(some.flatMap(({ results }) => results))
  const [before, since] = [score(records.slice(0, half)), score(records.slice(half))]
  const wrong = ({ wrongSides, sides }: Score) => (sides === 0 ? '–' : percent(wrongSides / sides))
  return [
    `progress, the first ${half} runs → the last ${records.length - half}: p50 ${milliseconds(before.p50Ms)} → ` +
      `${milliseconds(since.p50Ms)}, p95 ${milliseconds(before.p95Ms)} → ${milliseconds(since.p95Ms)}, wrong side ${wrong(before)} → ${wrong(since)}`,
  ]
}

export function comparisonWords({ records }: TrainingHistory): readonly string[] {
  const maps = keyMaps(records)
  if (maps.length < 2) return []
  return ['keys for the two sides, over all runs:', ...maps.map(map => `  ${mapWords(map)}`), bestWords(maps)]
}

const nameOf = ({ profile, hands }: KeyMap): string => `${profile}, ${hands}`

function mapWords(map: KeyMap): string {
  const { sides, wrongSides, p50Ms, p95Ms } = map.score
  const { low, high } = rateInterval(wrongSides, sides)
  return (
    `${nameOf(map)}: p50 ${milliseconds(p50Ms)}, p95 ${milliseconds(p95Ms)}, wrong side ${wrongSides} of ${sides} ` +
    `(${percent(low)} to ${percent(high)} with 95 % confidence)`
  )
}

function bestWords(maps: readonly KeyMap[]): string {
  const best = bestMap(maps)
  switch (best.kind) {
    case 'alone':
      return 'only one was tried'
    case 'too-few':
      return `too few answers to say which is best: ${best.maps.map(map => `${nameOf(map)} ${map.score.sides} of ${LEAST_SIDES}`).join('; ')}`
    case 'best':
      return best.by === null
        ? `no difference that these numbers prove; ${nameOf(best.map)} is ahead`
        : `best: ${nameOf(best.map)}, by ${best.by === 'speed' ? 'its speed; wrong sides cannot be told apart' : 'its fewer wrong sides'}`
    default:
      return unreachable(best)
  }
}
