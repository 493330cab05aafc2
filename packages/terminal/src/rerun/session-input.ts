import { isKeyInput, type KeyInput } from '../session/key-input.ts'

/**
 * What came from outside into a session: its keys, after the gate, so that what was pasted is in none of them, and how the tape
 * was driven. Everything else follows from the tape, the seed and the faults.
 */
export type SessionInput =
  | KeyInput
  | { readonly kind: 'tape'; readonly control: TapeControl }
  /** The session was ended from outside, by a signal. */
  | { readonly kind: 'end' }

export type TapeControl =
  | { readonly kind: 'pause' | 'resume' | 'step' }
  | { readonly kind: 'speed'; readonly speed: number }
  /** Until the tape says so late, milliseconds since 1970. */
  | { readonly kind: 'go-on'; readonly untilMs: number }

export interface TimedInput {
  /** Whole milliseconds since the session began. */
  readonly atMs: number
  readonly input: SessionInput
}

export const inputLine = ({ atMs, input }: TimedInput): string => `${JSON.stringify({ t: atMs, ...input })}\n`

/** What of the lines is whole; a last line without its line feed was torn by a crash. @throws with the line that cannot be read */
export function readInputs(text: string): { readonly inputs: readonly TimedInput[]; readonly isTorn: boolean } {
  const end = text.lastIndexOf('\n') + 1
  const lines = text.slice(0, end).split('\n').slice(0, -1)
  let lastMs = 0
  const inputs = lines.map((line, index): TimedInput => {
    const read = readInput(line)
    if (read === null || read.atMs < lastMs)
      throw new Error(
        `expected a key press and its time, but line ${index + 1} is ${JSON.stringify(line.slice(0, 60))}`,
      )
    lastMs = read.atMs
    return read
  })
  return { inputs, isTorn: end < text.length }
}

function readInput(line: string): TimedInput | null {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return null
  }
  if (!isRecord(value)) return null
  const { t, ...input } = value
  if (typeof t !== 'number' || !Number.isSafeInteger(t) || t < 0) return null
  return isInput(input) ? { atMs: t, input } : null
}

function isInput(value: Readonly<Record<string, unknown>>): value is SessionInput & Record<string, unknown> {
  switch (value.kind) {
    case 'tape':
      return isRecord(value.control) && isControl(value.control)
    case 'end':
      return true
    default:
      return isKeyInput(value)
  }
}

function isControl({ kind, speed, untilMs }: Readonly<Record<string, unknown>>): boolean {
  if (kind === 'speed') return typeof speed === 'number' && speed > 0
  if (kind === 'go-on') return typeof untilMs === 'number'
  return kind === 'pause' || kind === 'resume' || kind === 'step'
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
