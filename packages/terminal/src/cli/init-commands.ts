import { type Command, Option } from 'commander'
import type { Environment } from '../credentials/credential.ts'
import { EXIT, ExitError } from '../exit-status.ts'
import type { DoctorOptions } from './doctor-command.ts'
import { choice } from './flag-values.ts'
import { refuseIdleFlags } from './idle-flag.ts'
import type { InitOptions } from './init-command.ts'
import type { GivenEnvironment } from './start-environment.ts'

/** `init`. What it needs is loaded when it runs. @param given where the environment was named */
export function initCommand(
  program: Command,
  done: (status: number) => void,
  given: () => GivenEnvironment | null,
): void {
  program
    .command('init')
    .description('set up: environment, login, account, markets, presets and limits, each checked against the broker')
    .helpOption('-h, --help', 'print this help')
    .allowExcessArguments()
    .option('--account <id>', 'the account to act on, instead of choosing one')
    .addOption(
      new Option('--store <name>', 'where to keep the login: keychain or vault').argParser(
        choice('--store', ['keychain', 'vault']),
      ),
    )
    .option('--max-day-loss <money>', 'largest loss of a day in the account currency, or none')
    .option('--max-positions <number>', 'most positions at once, or none')
    .option('--max-size <contracts>', 'largest size of one order, or none')
    .option('--json', 'print the result as one JSON document')
    .action(async (_options, command: Command) => {
      // Not repeated: somebody may have put a secret there.
      if (command.args.length > 0)
        throw new ExitError(EXIT.usage, 'expected init without a word after it, but got one; see scalpdesk init --help')
      const environment: Environment | undefined = given()?.name
      const { runInit } = await import('./init-command.ts')
      const { env: _env, ...options } = command.optsWithGlobals<InitOptions & { readonly env: string }>()
      done(await runInit({ ...options, ...(environment && { environment }) }))
    })
    .addHelpText(
      'after',
      `
Examples:
  scalpdesk init
      asks for everything; what was answered before is what Enter takes
  scalpdesk init --env demo --epic IX.D.DAX.IFD.IP --size 0.5 --stop 12 --max-day-loss 200
      asks for the login alone; in a pipe it comes from SCALPDESK_API_KEY, SCALPDESK_USERNAME and SCALPDESK_PASSWORD
`,
    )
}

/** `doctor`. */
export function doctorCommand(
  program: Command,
  done: (status: number) => void,
  given: () => GivenEnvironment | null,
): void {
  program
    .command('doctor')
    .description('say what works here: terminal, keys, keychain, clock, network, session, journal, settings')
    .helpOption('-h, --help', 'print this help')
    .allowExcessArguments()
    .option('--offline', 'ask no network and sign in to nothing')
    .option('--json', 'print the result as one JSON document, with nothing secret in it')
    .action(async (_options, command: Command) => {
      // Not repeated: somebody may have put a secret there.
      if (command.args.length > 0)
        throw new ExitError(
          EXIT.usage,
          'expected doctor without a word after it, but got one; see scalpdesk doctor --help',
        )
      refuseIdleFlags(program, 'doctor', ['account'])
      const environment = given()?.name
      const { json = false, offline = false } = command.optsWithGlobals<Omit<DoctorOptions, 'environment'>>()
      const { runDoctor } = await import('./doctor-command.ts')
      done(await runDoctor({ offline, json, ...(environment && { environment }) }))
    })
    .addHelpText(
      'after',
      `
Examples:
  scalpdesk doctor
      a line for each thing: ok, WARNING or PROBLEM with what to do; status 1 when something is wrong
  scalpdesk doctor --env demo --json
      the same about IG's demo environment, for a report of a fault
`,
    )
}
