import type { WhatIfChange } from '@scalpdesk/reports'
import { Decimal } from '@scalpdesk/sdk'
import { EXIT, ExitError } from '../../exit-status.ts'
import type { ReportFormat } from '../../report/report-formats.ts'
import type { SpanChoice } from '../../report/report-span.ts'
import type { CommonOptions } from '../command-context.ts'
import { misused } from '../flag-values.ts'

export interface ReportFlags {
  readonly date?: string
  readonly from?: string
  readonly to?: string
  readonly week?: boolean
  readonly month?: boolean
  readonly format?: ReportFormat
  readonly out?: string
  readonly watch?: boolean
  readonly every?: number
  readonly offline?: boolean
  readonly reread?: boolean
  readonly ticks?: readonly string[]
  readonly whatIf?: string
  readonly color?: boolean
}

/** What was asked for, in words that fit each other. */
export interface ReportRequest {
  readonly span: SpanChoice
  readonly format: ReportFormat
  /** null: the output, or the usual place of a file. */
  readonly out: string | null
  readonly everyMs: number | null
  readonly isOffline: boolean
  readonly rereads: boolean
  readonly tapes: readonly string[]
  readonly whatIf: WhatIfChange | null
  readonly isEveryAccount: boolean
}

/** @throws ExitError of wrong usage */
export function reportRequest(flags: ReportFlags & CommonOptions): ReportRequest {
  const { format: wanted, json = false, watch = false, out = null, every, offline = false, reread = false } = flags
  if (json && wanted !== undefined && wanted !== 'json') throw clash('--json', `--format ${wanted}`)
  if (every !== undefined && !watch)
    throw new ExitError(EXIT.usage, '--every is about --watch, but there is none; add --watch')
  if (reread && offline) throw clash('--reread', '--offline')
  const format = json ? 'json' : (wanted ?? (watch ? 'html' : 'table'))
  if (watch && (format === 'table' || out === '-'))
    throw new ExitError(
      EXIT.usage,
      'expected a file to keep current, but this goes to the output; name --format html, csv, json, md or xlsx, or a file with --out',
    )
  if (out === '-' && format === 'csv')
    throw new ExitError(EXIT.usage, 'expected a folder in --out, as CSV is several files, but got -; name a folder')
  return {
    span: spanChoice(flags),
    format,
    out,
    everyMs: watch ? (every ?? USUAL_SECONDS) * 1_000 : null,
    isOffline: offline,
    rereads: reread,
    tapes: flags.ticks ?? [],
    whatIf: flags.whatIf === undefined ? null : whatIfChange(flags.whatIf),
    isEveryAccount: flags.account === 'all',
  }
}

/** Our choice: two readings, four calls, of thirty that IG allows a minute. */
const USUAL_SECONDS = 30

function spanChoice({ date, from, to, week = false, month = false }: ReportFlags): SpanChoice {
  const given = [date, from, to]
  for (const [at, name] of (['--date', '--from', '--to'] as const).entries()) checkDay(name, given[at])
  if (week && month) throw clash('--week', '--month')
  if (from === undefined && to !== undefined)
    throw new ExitError(EXIT.usage, 'expected --from beside --to, but it is missing; name the first day')
  if (from !== undefined) {
    const other = date !== undefined ? '--date' : week ? '--week' : month ? '--month' : null
    if (other !== null) throw clash('--from', other)
    if (to !== undefined && to < from)
      throw new ExitError(EXIT.usage, `expected --from before --to, but got ${from} and ${to}; exchange them`)
    return { kind: 'range', from, to: to ?? null }
  }
  return { kind: week ? 'week' : month ? 'month' : 'day', day: date ?? null }
}

/** IG's API is younger than this century. @throws ExitError of wrong usage for what is no day of the calendar */
export function checkDay(flag: string, text: string | undefined): void {
  if (text === undefined) return
  const ms = /^20\d{2}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== text)
    throw misused(flag, 'a day such as 2026-01-05', text)
}

const clash = (one: string, other: string): ExitError =>
  new ExitError(EXIT.usage, `expected ${one} or ${other}, but got both; leave one out`)

/** `stop=5,target=none,size=2,daily-stop=100`: points, points, contracts and money of the account. */
function whatIfChange(text: string): WhatIfChange {
  const change: { -readonly [Key in keyof WhatIfChange]: WhatIfChange[Key] } = {}
  for (const part of text.split(',')) {
    const [, name = '', value = ''] =
      /^(stop|target|size|daily-stop)=(none|\d{1,9}(?:\.\d{1,12})?)$/.exec(part.trim()) ?? []
    const field = FIELDS[name as keyof typeof FIELDS]
    const canBeNone = field === 'stopPoints' || field === 'limitPoints'
    if (!field || field in change || (value === 'none' ? !canBeNone : Number(value) === 0))
      throw misused(
        '--what-if',
        'changes such as stop=5,target=10,size=2,daily-stop=100, each once and above 0, or none for stop and target',
        part,
      )
    if (value === 'none') Object.assign(change, { [field]: null })
    else Object.assign(change, { [field]: new Decimal(value) })
  }
  return change
}

const FIELDS = { stop: 'stopPoints', target: 'limitPoints', size: 'size', 'daily-stop': 'dayLoss' } as const
