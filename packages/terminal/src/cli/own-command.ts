import type { Command } from 'commander'
import { EXIT, ExitError } from '../exit-status.ts'
import type { CommonOptions } from './command-context.ts'
import { misplaced } from './misplaced.ts'
import { givenEnvironment } from './start-environment.ts'

/** A command of the program, as scripts use it: common options, help with examples, and a status. */
export interface CommandParts<Options extends CommonOptions> {
  readonly description: string
  /** What it does, and a line that does it. */
  readonly examples: readonly (readonly [line: string, meaning: string])[]
  /** Names of the program's own options that it takes, too: `epic`, `size`, `stop`, `limit`. */
  readonly takes?: readonly string[]
  run(words: readonly string[], options: Options): Promise<number>
}

/** @param done takes the exit status */
export function ownCommand<Options extends CommonOptions>(
  parent: Command,
  usage: string,
  parts: CommandParts<Options>,
  done: (status: number) => void,
): Command {
  const program = rootOf(parent)
  const examples = parts.examples.map(([line, meaning]) => `  ${line}\n      ${meaning}\n`).join('')
  return parent
    .command(usage)
    .description(parts.description)
    .helpOption('-h, --help', 'print this help')
    .option('--json', 'print one JSON document')
    .allowExcessArguments()
    .addHelpText('after', `\nExamples:\n${examples}`)
    .action(async (...given: readonly unknown[]) => {
      const command = given.at(-1) as Command
      const name = pathOf(command)
      const most = command.registeredArguments
      const isOpen = most.at(-1)?.variadic ?? false
      const excess = command.args[most.length]
      if (excess !== undefined && !isOpen) throw misplaced(excess, name)
      const idle = program.options.find(option => {
        const attribute = option.attributeName()
        const isCommon = COMMON.includes(attribute) || parts.takes?.includes(attribute)
        return program.getOptionValueSource(attribute) === 'cli' && !isCommon
      })
      if (idle)
        throw new ExitError(
          EXIT.usage,
          `${name} takes no ${idle.long ?? idle.flags}; leave it out, or see scalpdesk ${name} --help`,
        )
      const told = givenEnvironment(program)
      const options = { ...command.optsWithGlobals(), env: told?.name ?? null, given: told } as Options
      done(await parts.run(command.args, options))
    })
}

const COMMON: readonly string[] = ['env', 'account', 'json', 'color']

function rootOf(command: Command): Command {
  return command.parent ? rootOf(command.parent) : command
}

const pathOf = (command: Command): string =>
  command.parent?.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name()
