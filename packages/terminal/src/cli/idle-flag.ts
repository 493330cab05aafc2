import type { Command } from 'commander'
import { EXIT, ExitError } from '../exit-status.ts'

/** The program's own flags are read wherever they stand. @throws ExitError for one that would do nothing with this command */
export function refuseIdleFlags(program: Command, name: string, flags: readonly string[]): void {
  const given = flags.find(flag => program.getOptionValueSource(flag) !== undefined)
  if (given === undefined) return
  throw new ExitError(EXIT.usage, `${name} takes no --${given}; leave it out, or see scalpdesk ${name} --help`)
}
