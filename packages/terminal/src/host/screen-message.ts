import { KEY_CONTEXTS, type KeyContext, type KeySettings } from '../keys/key-table.ts'
import { type PastCandle, type ScreenView, TIME_FRAMES, type TimeFrame } from '../screen/view.ts'
import { isKeyInput, type KeyInput } from '../session/key-input.ts'
import { isObject } from './press-outcome.ts'

/** What a screen says to the guard that it is attached to, after the hello. */
export type ScreenSaid =
  | { readonly kind: 'attach'; readonly ask: number }
  /** `place`: of the dialogue that the trader saw; `pressedAtMs`: on the machine's clock, which all processes share. */
  | {
      readonly kind: 'key'
      readonly ask: number
      readonly input: KeyInput
      readonly pressedAtMs: number
      readonly place: number
    }
  /** A view has arrived: another one may come. */
  | { readonly kind: 'taken'; readonly sequence: number }
  /** The terminal took a view (wall time, milliseconds since 1970). */
  | { readonly kind: 'painted'; readonly sequence: number; readonly atMs: number }
  | { readonly kind: 'drawing-failed' }

/** What a guard says to a screen. */
export type GuardSaid =
  /** `keys`: the settings' keys, by which the guard's hints are written: the screen binds the same. */
  | { readonly kind: 'attached'; readonly ask: number; readonly keys: KeySettings }
  /** The parts that are not as in the view before; at first all of them. */
  | { readonly kind: 'view'; readonly sequence: number; readonly changed: Partial<ScreenView> }
  | {
      readonly kind: 'past'
      readonly epic: string
      readonly timeFrame: TimeFrame
      readonly candles: readonly PastCandle[]
    }
  | { readonly kind: 'bell' }
  /** What keys mean now, and the number of the dialogue in which they do. */
  | { readonly kind: 'place'; readonly context: KeyContext; readonly place: number }
  /** The key was taken, and what it brings about has begun. */
  | { readonly kind: 'acted'; readonly ask: number }

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0
const isTime = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)

/** Checks what a process of the same user wrote. @returns null for anything else than a screen says */
export function readScreenSaid(value: Readonly<Record<string, unknown>>): ScreenSaid | null {
  const { kind, ask, input, pressedAtMs, place, sequence, atMs } = value
  switch (kind) {
    case 'attach':
      return isCount(ask) ? { kind, ask } : null
    case 'key':
      return isCount(ask) && isCount(place) && isTime(pressedAtMs) && isKeyInput(input)
        ? { kind, ask, input, pressedAtMs, place }
        : null
    case 'taken':
      return isCount(sequence) ? { kind, sequence } : null
    case 'painted':
      return isCount(sequence) && isTime(atMs) ? { kind, sequence, atMs } : null
    case 'drawing-failed':
      return { kind }
    default:
      return null
  }
}

/** Views and keys are taken as they are: they come from the same program of the same version. @returns null for what a guard does not say */
export function readGuardSaid(value: Readonly<Record<string, unknown>>): GuardSaid | null {
  const { kind, ask, keys, sequence, changed, epic, timeFrame, candles, context, place } = value
  switch (kind) {
    case 'attached':
      return isCount(ask) && isObject(keys) ? { kind, ask, keys: keys as KeySettings } : null
    case 'view':
      return isCount(sequence) && isObject(changed) ? { kind, sequence, changed: changed as Partial<ScreenView> } : null
    case 'past': {
      const frame = TIME_FRAMES.find(each => each === timeFrame)
      return typeof epic === 'string' && frame !== undefined && Array.isArray(candles)
        ? { kind, epic, timeFrame: frame, candles: candles as readonly PastCandle[] }
        : null
    }
    case 'bell':
      return { kind }
    case 'place': {
      const known = KEY_CONTEXTS.find(each => each === context)
      return known !== undefined && isCount(place) ? { kind, context: known, place } : null
    }
    case 'acted':
      return isCount(ask) ? { kind, ask } : null
    default:
      return null
  }
}
