import type { Command } from 'commander'
import { isDayText, misused } from './flag-values.ts'

/** `--from` is a day for reports and a time of day for tapes. @throws ExitError of wrong usage */
export function refuseDayOfTape(_program: Command, command: Command): void {
  const { from } = command.optsWithGlobals<{ readonly from?: unknown }>()
  const isReport = command.name() === 'report' || command.parent?.name() === 'report'
  if (typeof from !== 'string' || isDayText(from) === isReport) return
  throw misused('--from', isReport ? 'a day such as 2026-01-05' : 'a time of day such as 12:30 or 12:30:05', from)
}
