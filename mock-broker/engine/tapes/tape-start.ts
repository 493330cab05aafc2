import { TapeError } from './tape-error.ts'

/** A time of day in UTC, `HH:MM` or `HH:MM:SS`, in milliseconds. @throws TapeError `bad-from`. */
export function timeOfDay(text: string): number {
  const [, hours, minutes, seconds = '0'] = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text) ?? []
  const isTime = Number(hours) < 24 && Number(minutes) < 60 && Number(seconds) < 60
  if (!isTime) {
    throw new TapeError(
      'bad-from',
      '',
      `expected a time of day as HH:MM or HH:MM:SS (UTC), but got "${text}"; write it so`,
    )
  }
  return (Number(hours) * 60 + Number(minutes)) * 60_000 + Number(seconds) * 1000
}

/**
 * The instant a tape is to start from, given the time of its first tick: that time of day on the tape's first day, or on the next one
 * when the tape begins later in the day (a tape may run over midnight).
 */
export function startInstant(
  firstMs: number,
  timeOfDayMs: number,
): { readonly atMs: number; readonly isNextDay: boolean } {
  const sameDay = firstMs - (firstMs % DAY_MS) + timeOfDayMs
  return sameDay >= firstMs ? { atMs: sameDay, isNextDay: false } : { atMs: sameDay + DAY_MS, isNextDay: true }
}

export function clockText(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 19).replace('T', ' ')
}

const DAY_MS = 86_400_000
