import type { Command } from 'commander'
import { EXIT, ExitError } from '../exit-status.ts'
import type { ConfigRequest } from './config-command.ts'
import { excerpt } from './flag-values.ts'
import { misplaced } from './misplaced.ts'

/** `config get`, `set`, `unset`, `edit`, `check`, `example`, `path` */
export function configCommands(program: Command, run: (request: ConfigRequest) => Promise<void>): void {
  const config = program
    .command('config')
    .description('the settings: `config get`, `set KEY VALUE`, `unset KEY`, `edit`, `check`, `example`, `path`')
    .helpOption('-h, --help', 'print this help')
    .allowExcessArguments()
    .action((_options, { args: [name] }: Command) => {
      const got = excerpt(name ?? '')
      throw new ExitError(
        EXIT.usage,
        `expected config get, set or another of its commands, but got config ${got}; see scalpdesk config --help`,
      )
    })
  const part = (name: string, about: string): Command =>
    config
      .command(name)
      .description(about)
      .helpOption('-h, --help', 'print this help')
      .allowExcessArguments(false)
      .hook('preAction', () => {
        const idle = (['account', 'json'] as const).find(flag => {
          const isTaken = flag === 'json' && (name === 'get' || name === 'check')
          return !isTaken && program.getOptionValueSource(flag) === 'cli'
        })
        if (idle !== undefined) throw misplaced(`--${idle}`, `config ${name}`)
      })
  part('path', 'print where the settings file is').action(() => run({ kind: 'path' }))
  part('get', 'print a setting such as guard.maxDayLoss, or all of them; defaults included')
    .argument('[key]')
    .option('--json', 'print one line of JSON')
    .action((key: string | undefined, _options, command: Command) =>
      run({ kind: 'get', key: key ?? null, json: isJsonWanted(command) }),
    )
  part('set', 'change a setting once it is checked, and print what it was and is')
    .argument('<key>', 'such as guard.maxDayLoss, or markets[0].presets[0].stop.points')
    .argument('<value>', 'JSON, or a bare word')
    .action((key: string, value: string) => run({ kind: 'set', key, value }))
  part('unset', 'take a setting out of the file, so that its default counts')
    .argument('<key>')
    .action((key: string) => run({ kind: 'unset', key }))
  part('edit', 'open a copy in $VISUAL or $EDITOR, and take it when nothing is wrong with it').action(() =>
    run({ kind: 'edit' }),
  )
  part('check', 'say all that is wrong with the settings file, with lines')
    .option('--json', 'print one line of JSON')
    .action((_options, command: Command) => run({ kind: 'check', json: isJsonWanted(command) }))
  part('example', 'print a settings file with every field in it, explained').action(() => run({ kind: 'example' }))
}

/** The program's own flag of this name takes what is given, wherever it stands. */
const isJsonWanted = (command: Command): boolean => command.optsWithGlobals<{ json?: boolean }>().json ?? false
