import { chordName } from '../keys/key-chord.ts'
import { actionKeys } from '../keys/key-hints.ts'
import type { KeyTable } from '../keys/key-table.ts'
import type { Keyboard } from '../keys/keyboard.ts'
import { unreachable } from '../screen/unreachable.ts'
import type { Texts } from '../texts/texts.ts'
import { isDrillAction } from './drill.ts'
import { bestMap, type KeyMap, keyMaps, LEAST_SIDES } from './key-map.ts'
import { rateInterval, type Score, scoreOf } from './score.ts'
import type { DrillResult, Training } from './training.ts'
import type { TrainingHistory } from './training-file.ts'
import type { TrainingRecord } from './training-record.ts'

/** What the trainer needs of the catalogue: its own words, and what the keys do. */
export type TrainingTexts = Pick<Texts, 'training' | 'actions' | 'charts' | 'notices'>

const NOTHING = '–'

const milliseconds = (value: number | null, { training }: TrainingTexts): string =>
  value === null ? NOTHING : training.milliseconds(Math.round(value))

const percent = (part: number, { training }: TrainingTexts): string => training.percent(Math.round(part * 100))

/** Reaction time, wrong sides and misses of a number of drills, in words. */
export function scoreWords(score: Score, texts: TrainingTexts): string {
  const words = texts.training.score
  const { drills, hits, missed, otherKeys, sides, wrongSides, p50Ms, p95Ms } = score
  const few = hits < LEAST_SIDES ? ` ${words.few(hits)}` : ''
  const times = words.times(milliseconds(p50Ms, texts), milliseconds(p95Ms, texts))
  const wrong =
    sides === 0 ? words.noSide : `${words.wrongSides(wrongSides, sides)} (${percent(wrongSides / sides, texts)})`
  return [
    texts.training.result(words.hits(drills, hits), times + few),
    wrong,
    words.otherKeys(otherKeys),
    words.missed(missed),
  ].join('; ')
}

/** That it is training, and how far it is. */
export function placeWords({ plan, results }: Training, { training }: TrainingTexts): string {
  const place = training.place(Math.min(results.length + 1, plan.length), plan.length)
  return [training.title, training.nothingSent, place].join(' · ')
}

/** Which keys answer, as this terminal tells them. */
export function keyWords(table: KeyTable, { bareModifiers }: Keyboard, { training }: TrainingTexts): string {
  const keys = actionKeys(table, 'trading', bareModifiers).flatMap(({ action, chords }) =>
    isDrillAction(action) ? [`${training.drills[action]} ${chords.join(' / ')}`] : [],
  )
  return [...keys, ...(bareModifiers ? [] : [training.unheard])].join('   ')
}

/** How one drill was answered. */
export function resultWords({ asked, verdict, chord, pressed, reactionMs }: DrillResult, texts: TrainingTexts): string {
  const { training, actions } = texts
  const word = training.drills[asked]
  const key = chord === null ? '' : chordName(chord)
  const does = pressed === null ? '' : actions[pressed]
  switch (verdict) {
    case 'hit':
      return training.hit(word, milliseconds(reactionMs ?? 0, texts), key)
    case 'wrong-side':
      return training.wrongSide(word, key, does)
    case 'other-key':
      return training.otherKey(word, key, does)
    case 'missed':
      return training.missed(word)
    default:
      return unreachable(verdict)
  }
}

/** What a run came to, and how it compares with the ones before. */
export function runWords(record: TrainingRecord, history: TrainingHistory, texts: TrainingTexts): readonly string[] {
  const { training, actions } = texts
  const mistakes = record.results
    .filter(({ verdict }) => verdict === 'wrong-side' || verdict === 'other-key')
    .map(({ asked, pressed, chord }) =>
      training.mistake(
        actions[asked],
        pressed === null ? NOTHING : actions[pressed],
        chord === null ? NOTHING : chordName(chord),
      ),
    )
  const score = scoreWords(scoreOf(record.results), texts)
  return [
    `${training.result(record.profile, score)}; ${training.score.early(record.early)}`,
    ...(mistakes.length > 0 ? [training.mistakes(mistakes.join(', '))] : []),
    ...comparisonWords(history, texts),
  ]
}

/** Every run by its date, then the key maps beside each other. */
export function historyWords(history: TrainingHistory, texts: TrainingTexts): readonly string[] {
  const { records, unreadable } = history
  const { training } = texts
  return [
    ...(records.length === 0 ? [training.noHistory] : []),
    ...records.map(record =>
      training.result(
        `${record.at.slice(0, 16).replace('T', ' ')} ${record.profile}`,
        scoreWords(scoreOf(record.results), texts),
      ),
    ),
    ...progressWords(records, texts),
    ...comparisonWords(history, texts),
    ...(unreadable > 0 ? [training.unreadable(unreadable)] : []),
  ]
}

/** The first and the last runs side by side: one run alone says little. */
function progressWords(records: readonly TrainingRecord[], texts: TrainingTexts): readonly string[] {
  if (records.length < 2) return []
  const { change, progress, score } = texts.training
  const half = Math.floor(records.length / 2)
  const sum = (some: readonly TrainingRecord[]) => scoreOf(some.flatMap(({ results }) => results))
  const [before, since] = [sum(records.slice(0, half)), sum(records.slice(half))]
  const time = (one: number | null, other: number | null) =>
    change(milliseconds(one, texts), milliseconds(other, texts))
  const wrong = ({ wrongSides, sides }: Score) => (sides === 0 ? NOTHING : percent(wrongSides / sides, texts))
  const times = score.times(time(before.p50Ms, since.p50Ms), time(before.p95Ms, since.p95Ms))
  const rate = score.wrongRate(change(wrong(before), wrong(since)))
  return [`${progress(half, records.length - half)} ${times}, ${rate}`]
}

/** The key maps beside each other, once there are two. */
export function comparisonWords({ records }: TrainingHistory, texts: TrainingTexts): readonly string[] {
  const maps = keyMaps(records)
  if (maps.length < 2) return []
  return [texts.training.maps, ...maps.map(map => `  ${mapWords(map, texts)}`), bestWords(maps, texts)]
}

const nameOf = ({ profile, hands }: KeyMap, { training }: TrainingTexts): string =>
  training.map(profile, training.hands[hands])

function mapWords(map: KeyMap, texts: TrainingTexts): string {
  const { score, result, confidence } = texts.training
  const { sides, wrongSides, p50Ms, p95Ms } = map.score
  const { low, high } = rateInterval(wrongSides, sides)
  const times = score.times(milliseconds(p50Ms, texts), milliseconds(p95Ms, texts))
  const wrong = `${score.wrongSides(wrongSides, sides)} ${confidence(percent(low, texts), percent(high, texts))}`
  return result(nameOf(map, texts), `${times}, ${wrong}`)
}

function bestWords(maps: readonly KeyMap[], texts: TrainingTexts): string {
  const words = texts.training.best
  const best = bestMap(maps)
  switch (best.kind) {
    case 'alone':
      return words.alone
    case 'too-few':
      return words.tooFew(
        best.maps.map(map => words.answers(nameOf(map, texts), map.score.sides, LEAST_SIDES)).join('; '),
      )
    case 'best': {
      const name = nameOf(best.map, texts)
      if (best.by === null) return words.ahead(name)
      return best.by === 'speed' ? words.bySpeed(name) : words.byWrongSides(name)
    }
    default:
      return unreachable(best)
  }
}
