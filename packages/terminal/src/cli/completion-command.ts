import type { Command, Option } from 'commander'
import { EXIT, ExitError } from '../exit-status.ts'
import { excerpt } from './flag-values.ts'

/** `completion`: a script by which a shell completes commands and flags. @param print takes it */
export function completionCommand(program: Command, print: (text: string) => void): void {
  program
    .command('completion')
    .description('print a script by which your shell completes commands and flags')
    .argument('<shell>', 'bash, zsh or fish')
    .helpOption('-h, --help', 'print this help')
    .allowExcessArguments(false)
    .addHelpText(
      'after',
      `
Examples:
  scalpdesk completion bash > ~/.local/share/bash-completion/completions/scalpdesk
      for every bash that starts from now on
  scalpdesk completion zsh > "\${fpath[1]}/_scalpdesk"
      for zsh, where compinit is on
  scalpdesk completion fish > ~/.config/fish/completions/scalpdesk.fish
      for fish
`,
    )
    .action(async (shell: string) => {
      const { completionScript, SHELLS } = await import('./completion-script.ts')
      const known = SHELLS.find(name => name === shell)
      if (known === undefined)
        throw new ExitError(
          EXIT.usage,
          `expected ${SHELLS.join(', ')} after completion, but got ${excerpt(shell)}; name your shell`,
        )
      print(completionScript(known, completedCommands(program)))
    })
}

/** What can be completed after a command's words. */
export interface CompletedCommand {
  /** Empty for the program itself. */
  readonly words: readonly string[]
  readonly about: string
  readonly commands: readonly { readonly name: string; readonly about: string }[]
  readonly flags: readonly CompletedFlag[]
}

export interface CompletedFlag {
  readonly name: string
  readonly about: string
  /** `file`: the names of files. */
  readonly takes: 'nothing' | 'file' | 'text' | readonly string[]
}

function completedCommands(program: Command): readonly CompletedCommand[] {
  return [program, ...program.commands.flatMap(command => [command, ...command.commands])].map(command => {
    const words = wordsOf(command)
    const own = command.options.filter(({ hidden }) => !hidden).map(flagOf)
    const help = { name: '--help', about: 'print this help', takes: 'nothing' } as const
    return {
      words,
      about: command.description(),
      commands: command.commands.map(each => ({ name: each.name(), about: each.description() })),
      flags: [...own, help, ...(words.length > 0 ? COMMON : [])].filter(
        ({ name }, at, all) => all.findIndex(other => other.name === name) === at,
      ),
    }
  })
}

const wordsOf = (command: Command): readonly string[] =>
  command.parent ? [...wordsOf(command.parent), command.name()] : []

const COMMON: readonly CompletedFlag[] = [
  { name: '--env', about: 'which broker', takes: ['mock', 'demo', 'live'] },
  { name: '--account', about: 'the account to act on', takes: 'text' },
]

function flagOf(option: Option): CompletedFlag {
  const { long, flags, description: about, required, optional } = option
  const name = long ?? flags
  const choices = CHOICES[name]
  if (!required && !optional) return { name, about, takes: 'nothing' }
  return { name, about, takes: choices ?? (/<file/.test(flags) ? 'file' : 'text') }
}

/** Of flags that take one of a few words. */
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  '--env': ['mock', 'demo', 'live'],
  '--allowances': ['ig', 'off'],
  '--profile': ['scalper', 'arrows'],
  '--store': ['keychain', 'vault'],
  '--type': ['limit', 'stop'],
}
