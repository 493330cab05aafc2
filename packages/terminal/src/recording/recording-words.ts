import { basename } from 'node:path'
import { printable } from '../printable.ts'
import type { Written } from './recording.ts'
import type { FoundTape } from './tape-file.ts'
import type { ScribeCounts } from './tape-scribe.ts'

/** While it records, in one line. */
export function recordingWords({ files, bytes, lastMs }: Written, { ticks, trades, gaps }: ScribeCounts): string {
  const file = printable(basename(files.at(-1) ?? ''))
  const gapWords = gaps === 0 ? '' : `, ${count(gaps, 'gap')}`
  const tradeWords = trades === 0 ? '' : `, ${count(trades, 'trade')}`
  return `recording ${file}: ${clockTime(lastMs)} UTC, ${count(ticks, 'tick')}${tradeWords}${gapWords}, ${size(bytes)}; Ctrl-C ends it`
}

/** What became of the file that was there already. */
export function foundWords(path: string, { lastMs, ticks, hasEnded, report }: FoundTape): string {
  const { tornBytes, skipped } = report
  const torn = tornBytes === 0 ? '' : `; its last line was torn: ${count(tornBytes, 'byte')} cut off`
  const bad = skipped.count === 0 ? '' : `; ${count(skipped.count, 'line')} cannot be read (${skipped.first})`
  const ending = hasEnded ? 'ended' : 'broke off'
  return `goes on with ${path}: ${count(ticks, 'tick')} until ${date(lastMs)} UTC, where the recording ${ending}${torn}${bad}`
}

/** What was written, when it is over. */
export function writtenWords(
  { files, bytes, lastMs }: Written,
  { ticks, trades, accounts, gaps }: ScribeCounts,
  startMs: number,
): string {
  const what = [
    count(ticks, 'tick'),
    count(trades, 'trade'),
    count(accounts, 'change', 'of the account'),
    count(gaps, 'gap'),
  ].join(', ')
  const where = files.length === 1 ? files[0] : `${files.length} files, the last ${files.at(-1)}`
  return `recorded ${what} from ${date(startMs)} to ${date(lastMs)} UTC; ${where} (${size(bytes)})`
}

function count(number: number, what: string, of = ''): string {
  const words = `${number} ${what}${number === 1 ? '' : 's'}`
  return of === '' ? words : `${words} ${of}`
}

function size(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`
  return bytes < 1_000_000 ? `${(bytes / 1_000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}

const date = (atMs: number): string => new Date(atMs).toISOString().slice(0, 19).replace('T', ' ')
const clockTime = (atMs: number): string => date(atMs).slice(11)
