import { basename } from 'node:path'
import type { LoadingProgress, ReplayProgress } from '@scalpdesk/mock-broker'
import { printable } from '../printable.ts'

/** How far a file was read before it plays, in one line. */
export function loadingWords({ file, fraction }: LoadingProgress): string {
  return `reading ${name(file)}: ${percent(fraction)}`
}

/** Where the tapes are, in one line: the one that is behind the others, and how many markets play. */
export function playingWords({ speed, isPaused, tapes }: ReplayProgress): string {
  const [first, ...others] = tapes.filter(({ hasEnded }) => !hasEnded)
  if (!first) return ''
  const tape = others.reduce((least, each) => (each.fraction < least.fraction ? each : least), first)
  const markets = tapes.reduce((sum, { epics }) => sum + epics.length, 0)
  const time = tape.atMs === null ? '' : ` ${new Date(tape.atMs).toISOString().slice(0, 19).replace('T', ' ')} UTC,`
  const pace = isPaused ? 'paused' : `speed ${speed}`
  return `${name(tape.file)}:${time} ${percent(tape.fraction)}, ${pace}, ${markets} ${markets === 1 ? 'market' : 'markets'}`
}

const name = (file: string): string => printable(basename(file))

const percent = (fraction: number): string => `${Math.floor(fraction * 100)} %`
