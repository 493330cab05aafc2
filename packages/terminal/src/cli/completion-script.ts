import type { CompletedCommand, CompletedFlag } from './completion-command.ts'

export const SHELLS = ['bash', 'zsh', 'fish'] as const

/** A script that a shell reads; every word of it is the program's own. */
export function completionScript(shell: (typeof SHELLS)[number], commands: readonly CompletedCommand[]): string {
  switch (shell) {
    case 'bash':
      return bash(commands)
    case 'zsh':
      return `#compdef scalpdesk\nautoload -U +X bashcompinit && bashcompinit\n${bash(commands)}`
    case 'fish':
      return fish(commands)
  }
}

/**
 * The words before the cursor that are no flag and no value of one name the command. zsh runs it by its own bashcompinit, so nothing
 * here is named `path` or `words`, which are zsh's own, and nothing relies on the splitting of words.
 * Sources: GNU Bash manual, "Programmable Completion"; zshparam(1), "Parameters Used By The Shell".
 */
function bash(commands: readonly CompletedCommand[]): string {
  const cases = commands
    .filter(({ words }) => words.length > 0)
    .map(
      ({ words, commands: parts, flags }) =>
        `    ${quoted(words.join(' '))}) parts=${namesOf(parts)} flags=${namesOf(flags)} ;;`,
    )
  const [root] = commands
  const all = commands.flatMap(({ flags }) => flags)
  const taking = all.filter(({ takes }) => takes !== 'nothing').map(({ name }) => name)
  const files = all.filter(({ takes }) => takes === 'file').map(({ name }) => name)
  const named = new Map(all.flatMap(({ name, takes }) => (typeof takes === 'string' ? [] : [[name, takes]])))
  const values = [...named].map(
    ([name, takes]) => `    ${name}) COMPREPLY=($(compgen -W ${quoted(takes.join(' '))} -- "$cur")); return ;;`,
  )
  const names = [...new Set(commands.filter(({ words }) => words.length > 0).map(({ words }) => words.join(' ')))]
  return `_scalpdesk() {
  local cur prev word chain parts flags skip i
  cur="\${COMP_WORDS[COMP_CWORD]}"
  prev="\${COMP_WORDS[COMP_CWORD-1]}"
  COMPREPLY=()
  case "$prev" in
${values.join('\n')}
    ${[...new Set(files)].join('|') || '--'}) COMPREPLY=($(compgen -f -- "$cur")); return ;;
    ${[...new Set(taking)].filter(name => !named.has(name) && !files.includes(name)).join('|')}) return ;;
  esac
  chain=""
  skip=""
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    if [ -n "$skip" ]; then skip=""; continue; fi
    case "$word" in
      ${[...new Set(taking)].join('|')}) skip=1; continue ;;
      -*) continue ;;
    esac
    case "\${chain:+$chain }$word" in
      ${names.map(quoted).join('|')}) chain="\${chain:+$chain }$word" ;;
    esac
  done
  parts=${namesOf(root?.commands ?? [])}
  flags=${namesOf(root?.flags ?? [])}
  case "$chain" in
${cases.join('\n')}
  esac
  case "$cur" in
    -*) parts="$flags" ;;
  esac
  COMPREPLY=($(compgen -W "$parts" -- "$cur"))
}
complete -o default -F _scalpdesk scalpdesk
`
}

/** Source: fish-shell documentation, "complete". */
function fish(commands: readonly CompletedCommand[]): string {
  const lines = ['complete -c scalpdesk -f']
  for (const { words, commands: parts, flags } of commands) {
    const when = conditionOf(words, commands)
    for (const { name, about } of parts)
      lines.push(
        `complete -c scalpdesk -n ${quoted(`${when} ${notBelow(parts)}`)} -a ${quoted(name)} -d ${quoted(about)}`,
      )
    for (const flag of flags) lines.push(`complete -c scalpdesk -n ${quoted(when)} ${fishFlag(flag)}`)
  }
  return `${lines.join('\n')}\n`
}

function conditionOf(words: readonly string[], commands: readonly CompletedCommand[]): string {
  const [first, second] = words
  if (first === undefined) {
    const names = commands.filter(each => each.words.length === 1).map(each => each.words[0])
    return `not __fish_seen_subcommand_from ${names.join(' ')};`
  }
  const seen = `__fish_seen_subcommand_from ${first};`
  return second === undefined ? seen : `${seen} and __fish_seen_subcommand_from ${second};`
}

const notBelow = (parts: readonly { readonly name: string }[]): string =>
  `and not __fish_seen_subcommand_from ${parts.map(({ name }) => name).join(' ')};`

function fishFlag({ name, about, takes }: CompletedFlag): string {
  const long = `-l ${name.replace(/^--/, '')} -d ${quoted(about)}`
  if (takes === 'nothing') return long
  if (takes === 'file') return `${long} -r -F`
  return takes === 'text' ? `${long} -x` : `${long} -x -a ${quoted(takes.join(' '))}`
}

const namesOf = (offered: readonly { readonly name: string }[]): string =>
  quoted(offered.map(({ name }) => name).join(' '))

/** For a shell, as one word in which nothing is read but itself. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`
