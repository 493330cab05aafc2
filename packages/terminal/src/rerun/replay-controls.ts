import { createKeyDecoder } from '../keys/key-decoder.ts'
import type { SessionInput } from './session-input.ts'
import type { TapeDriver, TapePosition } from './tape-control.ts'

/** The keys of a replay that drive the tape, and what the header says of it. */
export interface ReplayControls {
  /** Bytes of the terminal, beside those who read them for the session. */
  take(chunk: Uint8Array): void
  /** On to this time of the tape's day, milliseconds since midnight UTC. */
  goOnUntil(timeOfDayMs: number): void
  /** On to this time, milliseconds since 1970. */
  goOnTo(untilMs: number): void
  words(): string
}

const DAY_MS = 86_400_000
export interface ReplayWishes {
  add(input: SessionInput): void
  /** Begins again from so much earlier on the tape; what was done since is not done then. */
  back(byMs: number): void
}

/** What F9 goes on by, and F4 back (our choice). */
const LEAP_MS = 60_000
const SPEEDS = { least: 0.125, most: 1_024 } as const

/** @param isBound whether the trader has given this key a meaning of his own, which then counts alone. */
export function replayControls(
  tape: Pick<TapeDriver, 'position'>,
  { add, back }: ReplayWishes,
  isBound: (name: string) => boolean,
): ReplayControls {
  const decoder = createKeyDecoder()

  function press(name: string): void {
    const { atMs, isPaused, speed } = tape.position
    switch (name) {
      case 'f4':
        return back(LEAP_MS)
      case 'f5':
        return add({ kind: 'tape', control: { kind: isPaused ? 'resume' : 'pause' } })
      case 'f6':
        return add({ kind: 'tape', control: { kind: 'step' } })
      case 'f7':
        return add({ kind: 'tape', control: { kind: 'speed', speed: Math.max(SPEEDS.least, speed / 2) } })
      case 'f8':
        return add({ kind: 'tape', control: { kind: 'speed', speed: Math.min(SPEEDS.most, speed * 2) } })
      case 'f9':
        if (atMs !== null) add({ kind: 'tape', control: { kind: 'go-on', untilMs: atMs + LEAP_MS } })
    }
  }

  return {
    take(chunk) {
      // The time of a read is of no use here: none of these keys begins with a lone Escape.
      for (const input of decoder.decode(chunk, 0))
        if (input.kind === 'key' && input.event === 'press' && !isBound(input.name)) press(input.name)
    },
    goOnUntil(timeOfDayMs) {
      const { atMs } = tape.position
      if (atMs === null) return
      const untilMs = atMs - (atMs % DAY_MS) + timeOfDayMs
      add({ kind: 'tape', control: { kind: 'go-on', untilMs: untilMs < atMs ? untilMs + DAY_MS : untilMs } })
    },
    goOnTo: untilMs => add({ kind: 'tape', control: { kind: 'go-on', untilMs } }),
    words: () => positionWords(tape.position),
  }
}

/** Where the tape is, in a few words for the header. */
function positionWords({ atMs, fraction, isPaused, hasEnded, speed, goingOnToMs }: TapePosition): string {
  const time = atMs === null ? '' : `${clockTime(atMs)} `
  const part = `${Math.floor(fraction * 100)}%`
  if (hasEnded) return `${time}tape ended`
  if (goingOnToMs !== null) return `${time}${part} to ${clockTime(goingOnToMs)}`
  return isPaused ? `${time}${part} paused` : `${time}${part} x${speed}`
}

const clockTime = (atMs: number): string => new Date(atMs).toISOString().slice(11, 19)
