import type { Command } from 'commander'
import type { CommonOptions } from './command-context.ts'
import type { GuardOptions } from './guard-command.ts'
import { refuseIdleFlags } from './idle-flag.ts'
import { refuseExcess } from './misplaced.ts'
import { refuseIdleTape } from './mock-settings.ts'
import { ownCommand } from './own-command.ts'
import type { GivenEnvironment } from './start-environment.ts'

/** `guard`, `guard status` and `guard stop`. @param done takes the exit status */
export function guardCommands(
  program: Command,
  done: (status: number) => void,
  given: () => GivenEnvironment | null,
): void {
  const guard = program
    .command('guard')
    .description('trade without a screen of its own; scalpdesk attaches one, which may come and go')
    .helpOption('-h, --help', 'print this help')
    .option('--stay-armed', 'entries stay as they are when screens come and go; not on live')
    .option('--json', 'print one JSON document when it is ready')
    .allowExcessArguments()
    .action(async (_options, command: Command) => {
      refuseExcess(command, 'guard, guard status or guard stop')
      refuseIdleFlags(program, 'guard', ['account', 'linear'])
      const options = command.optsWithGlobals<GuardOptions>()
      refuseIdleTape(options)
      const { runGuard } = await import('./guard-command.ts')
      done(await runGuard({ ...options, environment: given() }))
    })
    .addHelpText(
      'after',
      `
Examples:
  scalpdesk guard --env demo &
      the desk of the demo account; scalpdesk --env demo attaches a screen to it
  scalpdesk guard --stay-armed
      on the mock broker inside, for commands and bots that trade while nobody looks
  scalpdesk guard stop
      ends it; positions and working orders stay as they are
`,
    )
  ownCommand<CommonOptions>(
    guard,
    'status',
    {
      description: 'say whether a guard runs, and how it is',
      examples: [['scalpdesk guard status --json', 'for scripts; status 1 when none runs']],
      run: async (_words, options) => (await import('./guard-look.ts')).runGuardStatus(options),
    },
    done,
  )
  ownCommand<CommonOptions>(
    guard,
    'stop',
    {
      description: 'end the guard; what is open stays open',
      examples: [['scalpdesk flatten && scalpdesk guard stop', 'closes everything first']],
      run: async (_words, options) => (await import('./guard-look.ts')).runGuardStop(options),
    },
    done,
  )
}
