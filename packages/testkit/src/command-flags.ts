import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'

/** A command of this workspace, as its `--help` shows it. */
export interface CommandForm<Flags extends Readonly<Record<string, Flag<unknown>>>> {
  /** As it is typed: `pnpm soak [--days N] [--json]`. */
  readonly usage: string
  /** What it does, and how it ends. */
  readonly about: string
  readonly flags: Flags
  /** What may come without a name, such as a file; none unless given. */
  readonly places?: { readonly least: number; readonly most: number }
}

/** One `--name` and what may follow it. Throws what was expected where something else came. */
export interface Flag<Value> {
  readonly hasValue: boolean
  readonly isRepeated: boolean
  read(given: readonly string[]): Value
}

export type FlagValues<Flags> = {
  readonly [Name in keyof Flags]: Flags[Name] extends Flag<infer Value> ? Value : never
}

export type ReadCommand<Flags> =
  | { readonly kind: 'run'; readonly flags: FlagValues<Flags>; readonly places: readonly string[] }
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'wrong'; readonly text: string }

export function readCommand<Flags extends Readonly<Record<string, Flag<unknown>>>>(
  { usage, about, flags, places: { least, most } = { least: 0, most: 0 } }: CommandForm<Flags>,
  args: readonly string[],
): ReadCommand<Flags> {
  if (args.includes('--help') || args.includes('-h')) return { kind: 'help', text: `${usage}\n${about}` }
  const options: ParseArgsOptionsConfig = {}
  for (const [name, { hasValue }] of Object.entries(flags))
    options[name] = { type: hasValue ? 'string' : 'boolean', multiple: true }
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    if (positionals.length < least || positionals.length > most)
      throw new Error(`expected ${argumentsOf(least, most)} without --, but got ${positionals.length}`)
    const read = Object.entries(flags).map(([name, flag]) => [name, valueOfFlag(name, flag, values[name])])
    return { kind: 'run', flags: Object.fromEntries(read) as FlagValues<Flags>, places: positionals }
  } catch (error) {
    // What follows is how another command line would be typed.
    const [sentence = ''] = (error instanceof Error ? error.message : String(error)).split(/\.(?:\s|$)/)
    return { kind: 'wrong', text: `${sentence}; usage: ${usage}` }
  }
}

/** The flags that this process was started with; where they are wrong, or help is wanted, it says so and ends with 2 or 0. */
export function commandFlags<Flags extends Readonly<Record<string, Flag<unknown>>>>(
  form: CommandForm<Flags>,
): { readonly flags: FlagValues<Flags>; readonly places: readonly string[] } {
  const read = readCommand(form, process.argv.slice(2))
  if (read.kind === 'run') return read
  if (read.kind === 'help') console.log(read.text)
  else console.error(read.text)
  process.exit(read.kind === 'help' ? 0 : 2)
}

/** There or not. */
export function onOff(): Flag<boolean> {
  return { hasValue: false, isRepeated: true, read: given => given.length > 0 }
}

export function text<Default extends string | null>(unless: Default): Flag<string | Default> {
  return { hasValue: true, isRepeated: false, read: ([given]) => given ?? unless }
}

/** As often as it is given. */
export function texts(): Flag<readonly string[]> {
  return { hasValue: true, isRepeated: true, read: given => given }
}

export function wholeNumber<Default extends number | null>(unless: Default, least = 0): Flag<number | Default> {
  return numbers(unless, `a whole number from ${least}`, value => Number.isSafeInteger(value) && value >= least)
}

export function positive<Default extends number | null>(unless: Default): Flag<number | Default> {
  return numbers(unless, 'a number above 0', value => Number.isFinite(value) && value > 0)
}

function numbers<Default extends number | null>(
  unless: Default,
  expected: string,
  isRight: (value: number) => boolean,
): Flag<number | Default> {
  return {
    hasValue: true,
    isRepeated: false,
    read([given]) {
      if (given === undefined) return unless
      const value = given.trim() === '' ? Number.NaN : Number(given)
      if (!isRight(value)) throw new Error(`${expected}, but got ${JSON.stringify(given)}`)
      return value
    },
  }
}

function argumentsOf(least: number, most: number): string {
  if (least === most) return `${most} argument${most === 1 ? '' : 's'}`
  return `${least} to ${most} arguments`
}

type Given = string | boolean | (string | boolean)[] | undefined

function valueOfFlag(name: string, flag: Flag<unknown>, given: Given): unknown {
  const all = (Array.isArray(given) ? given : given === undefined ? [] : [given]).map(String)
  if (all.length > 1 && !flag.isRepeated) throw new Error(`expected --${name} once, but got it ${all.length} times`)
  try {
    return flag.read(all)
  } catch (error) {
    throw new Error(`expected as --${name} ${error instanceof Error ? error.message : String(error)}`)
  }
}
