import { limitProblems } from '@scalpdesk/desk'
import type { CommandContext } from '../cli/command-context.ts'
import { EXIT, ExitError } from '../exit-status.ts'
import { guardLimits } from '../settings/desk-settings.ts'

/** A bot's desk as the settings have it, without what only a clock that goes by the wall can tell. */
export function deskSetup({ settings }: Pick<CommandContext, 'settings'>) {
  const limits = guardLimits(settings.guard)
  const [problem] = limitProblems(limits)
  if (problem !== undefined) throw new ExitError(EXIT.usage, problem)
  const zone = settings.timeZone === null ? {} : { zone: settings.timeZone }
  return { mode: settings.mode, limits, watch: { ...settings.watchdogs, maxClockSkewMs: null }, ...zone }
}
