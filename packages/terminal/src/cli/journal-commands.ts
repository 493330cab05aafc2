import type { Command } from 'commander'
import { EXIT, ExitError } from '../exit-status.ts'
import { excerpt, files } from './flag-values.ts'

/** `journal verify`. @param done takes the exit status */
export function journalCommands(program: Command, done: (status: number) => void): void {
  const journal = program
    .command('journal')
    .description('look into the journal; `journal verify FILE…` says whether it is as it was written')
    .helpOption('-h, --help', 'print this help')
    .allowExcessArguments()
    .action((_options, { args: [name] }: Command) => {
      throw new ExitError(
        EXIT.usage,
        `expected journal verify FILE…, but got journal ${excerpt(name ?? '')}; see scalpdesk journal --help`,
      )
    })
  journal
    .command('verify')
    .description('check that no record is changed, missing, repeated or out of order; files in the order of their days')
    .helpOption('-h, --help', 'print this help')
    .argument('<file...>', 'files of one account, each following the one before', files('FILE'))
    .action(async (paths: readonly string[]) => {
      const { verifyJournal } = await import('./journal-command.ts')
      done(verifyJournal(paths))
    })
}
