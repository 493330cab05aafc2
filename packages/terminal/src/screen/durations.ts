/** An age as a person reads it: `0.3 s`, `12 s`, `1 min 05 s`, `2 h 10 min`. */
export function ageText(ageMs: number): string {
  const tenths = Math.floor(Math.max(0, ageMs) / 100)
  if (tenths < 100) return `${Math.floor(tenths / 10)}.${tenths % 10} s`
  const seconds = Math.floor(tenths / 10)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ${twoDigits(seconds % 60)} s`
  return `${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)} min`
}

/** One part of a latency: `0.4 ms`, `23 ms`, `1.2 s`; `–` for a part that has not happened. */
export function latencyText(durationMs: number | null): string {
  if (durationMs === null) return '–'
  if (durationMs < 9.95) return `${durationMs.toFixed(1)} ms`
  if (durationMs < 999.5) return `${durationMs.toFixed(0)} ms`
  return `${(durationMs / 1000).toFixed(1)} s`
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
