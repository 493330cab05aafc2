import { isKeyAction } from '../keys/key-action.ts'
import { PROFILES, type ProfileName } from '../keys/key-profile.ts'
import { isDrillAction } from './drill.ts'
import type { DrillResult, Verdict } from './training.ts'

/** One run, as it is kept: one line of JSON. */
export interface TrainingRecord {
  readonly version: 1
  /** When it ended: UTC, ISO 8601. */
  readonly at: string
  readonly profile: ProfileName
  readonly seed: number
  /** The tape whose price was shown; null for a made-up one. */
  readonly tape: string | null
  /** Whether the terminal told modifiers by themselves. */
  readonly hasBareModifiers: boolean
  readonly early: number
  readonly results: readonly DrillResult[]
}

export const recordLine = (record: TrainingRecord): string => `${JSON.stringify(record)}\n`

/** Null for what is no run, or one of a newer version. */
export function readRecordLine(line: string): TrainingRecord | null {
  const value = parsed(line)
  if (!isObject(value) || value.version !== 1) return null
  const { at, seed, tape, early, results, profile, hasBareModifiers } = value
  const known = PROFILES.find(name => name === profile)
  if (typeof at !== 'string' || Number.isNaN(Date.parse(at)) || !known || !Array.isArray(results)) return null
  if (!isCount(seed) || !isCount(early) || typeof hasBareModifiers !== 'boolean') return null
  if (tape !== null && typeof tape !== 'string') return null
  const read = results.map(resultOf)
  const whole = read.filter(result => result !== null)
  if (whole.length < read.length) return null
  return { version: 1, at, profile: known, seed, tape, hasBareModifiers, early, results: whole }
}

const VERDICTS: readonly Verdict[] = ['hit', 'wrong-side', 'other-key', 'missed']

function resultOf(value: unknown): DrillResult | null {
  if (!isObject(value)) return null
  const { asked, verdict, chord, pressed, reactionMs } = value
  const known = VERDICTS.find(name => name === verdict)
  if (typeof asked !== 'string' || !isDrillAction(asked) || !known) return null
  if (chord !== null && typeof chord !== 'string') return null
  if (pressed !== null && !(typeof pressed === 'string' && isKeyAction(pressed))) return null
  if (reactionMs !== null && !isCount(reactionMs)) return null
  return { asked, verdict: known, chord, pressed, reactionMs }
}

const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value) && value >= 0
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    // Told by the caller as a line that is no run.
    return null
  }
}
