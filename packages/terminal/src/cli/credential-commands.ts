import { type Command, Option } from 'commander'
import type { Environment } from '../credentials/credential.ts'
import { EXIT, ExitError } from '../exit-status.ts'
import { exitOf } from './credential-exit.ts'
import { choice } from './flag-values.ts'
import type { LoginOptions } from './login-command.ts'
import type { LogoutOptions } from './logout-command.ts'
import { refuseSecretFlags } from './secret-flags.ts'
import type { StatusOptions } from './status-command.ts'

/** `login`, `logout` and `status`. What they need is loaded when they run. @param done takes the exit status */
export function credentialCommands(program: Command, done: (status: number) => void): void {
  refuseSecretFlags(program)
  const told = (): Environment | null => {
    const source = program.getOptionValueSource('env')
    // Set to nothing is how shells leave a variable out.
    const isLeftOut = source === 'default' || (source === 'env' && !process.env.SCALPDESK_ENV)
    return isLeftOut ? null : program.getOptionValue('env')
  }
  command(
    program,
    'login',
    'ask for a login, check it against the broker, and keep it for later runs',
    async (options: Omit<LoginOptions, 'env'>) => {
      const { runLogin } = await import('./login-command.ts')
      // The mock broker inside needs none, so without a word it is demo that is meant; never live.
      done(await runLogin({ ...options, env: told() ?? 'demo' }))
    },
  )
    .option('--account <id>', 'the account to act on, instead of choosing one')
    .addOption(
      new Option(
        '--store <name>',
        'where to keep it: keychain or vault (default: the keychain where there is one)',
      ).argParser(choice('--store', ['keychain', 'vault'])),
    )
    .option('--stdin', 'read the login as one JSON object from a pipe')
    .option('--json', 'print the result as one JSON document')
    .addHelpText(
      'after',
      examples(
        ['scalpdesk login', 'asks for the key, user and password of the demo environment'],
        ['scalpdesk login --env live --account ABC12', 'the live environment, with this account'],
        ['pass ig-demo | scalpdesk login --stdin', '{"apiKey":"…","username":"…","password":"…"}'],
      ),
    )
  command(
    program,
    'logout',
    'remove stored logins from every store; without --env those of every environment',
    async (options: Omit<LogoutOptions, 'env'>) => {
      const { runLogout } = await import('./logout-command.ts')
      done(await runLogout({ ...options, env: told() }))
    },
  )
    .option('--json', 'print the result as one JSON document')
    .addHelpText('after', examples(['scalpdesk logout --env live', 'removes the live login, from keychain and vault']))
  command(
    program,
    'status',
    'say where this machine is signed in, with which funds, and what keyboard and keychain can do',
    async (options: Omit<StatusOptions, 'env'>) => {
      const { runStatus } = await import('./status-command.ts')
      done(await runStatus({ ...options, env: told() ?? 'mock' }))
    },
  )
    .option('--offline', 'do not sign in to find out')
    .option('--json', 'print the result as one JSON document')
    .addHelpText(
      'after',
      examples(
        ['scalpdesk status --env demo', 'signs in to demo, and out again'],
        ['scalpdesk status --env demo --json', 'the same for scripts'],
      ),
    )
}

function command<Options>(
  program: Command,
  name: string,
  description: string,
  run: (options: Options) => Promise<void>,
): Command {
  return program
    .command(name)
    .description(description)
    .helpOption('-h, --help', 'print this help')
    .allowExcessArguments()
    .action(async (_options: Options, invoked: Command) => {
      const { args } = invoked
      // Not repeated: somebody may have put a secret there.
      if (args.length > 0)
        throw new ExitError(
          EXIT.usage,
          `expected ${name} without a word after it, but got one; see scalpdesk ${name} --help`,
        )
      if (name !== 'login' && program.getOptionValueSource('account') === 'cli')
        throw new ExitError(EXIT.usage, `${name} takes no --account; leave it out, or see scalpdesk ${name} --help`)
      // The program's own flags of the same names take what is given, wherever it stands.
      await run(invoked.optsWithGlobals() as Options).catch(error => {
        throw exitOf(error)
      })
    })
}

function examples(...rows: readonly (readonly [command: string, meaning: string])[]): string {
  return `\nExamples:\n${rows.map(([words, meaning]) => `  ${words}\n      ${meaning}\n`).join('')}`
}

/** @throws ExitError for a command that trades on the mock broker alone */
export function onlyMock(environment: Environment | undefined): void {
  if (environment === undefined || environment === 'mock') return
  throw new ExitError(
    EXIT.usage,
    `expected --env (or SCALPDESK_ENV) to be mock here, but got ${environment}; this command trades on nothing else`,
  )
}
