import type { ItemState } from './item-state.ts'

export type Command = 'ADD' | 'UPDATE' | 'DELETE'

/** What a row means for the table of an item in COMMAND mode. */
export interface CommandRow {
  readonly key: string
  readonly command: Command
  /** Of the key; after `DELETE` all but the key and the command are `null`. */
  readonly values: readonly (string | null)[]
  /** Against the row of the same key before. */
  readonly changed: readonly boolean[]
}

/** - `unknown-key`: a deletion of nothing. - `full`: more keys than we keep. - `unreadable`: no key, or no known command. */
export type CommandFault = 'unknown-key' | 'full' | 'unreadable'

/** Our choice: far above any table that a person looks at; a table that grows without end must not take all memory. */
const MAX_KEYS = 100_000

/**
 * The rows of one item in COMMAND mode, by key. Source: TLCP specification, "COMMAND mode". On the wire a row tells what
 * changed against the item's row before, whatever its key; for the application what changed against the same key counts.
 */
export class CommandTable {
  readonly #rows = new Map<string, readonly (string | null)[]>()
  readonly #keyField: number
  readonly #commandField: number

  /** Fields from 0. */
  constructor(keyField: number, commandField: number) {
    this.#keyField = keyField
    this.#commandField = commandField
  }

  get keys(): readonly string[] {
    return [...this.#rows.keys()]
  }

  /** @param item its newest row is applied. */
  apply(item: ItemState): CommandRow | CommandFault {
    const key = item.value(this.#keyField)
    const command = item.value(this.#commandField)
    if (key === null || !isCommand(command)) return 'unreadable'
    const before = this.#rows.get(key)
    if (command === 'DELETE') {
      if (before === undefined) return 'unknown-key'
      this.#rows.delete(key)
      const values = before.map((_, field) => (this.#isControl(field) ? item.value(field) : null))
      return { key, command, values, changed: differences(values, before) }
    }
    if (before === undefined && this.#rows.size >= MAX_KEYS) return 'full'
    const values = Array.from({ length: item.fields }, (_, field) => item.value(field))
    // The table knows better than the word: a row of a key that is there updates it, any other adds it.
    const effective: Command = before === undefined ? 'ADD' : 'UPDATE'
    values[this.#commandField] = effective
    this.#rows.set(key, values)
    return { key, command: effective, values, changed: differences(values, before) }
  }

  clear(): void {
    this.#rows.clear()
  }

  #isControl(field: number): boolean {
    return field === this.#keyField || field === this.#commandField
  }
}

function isCommand(text: string | null): text is Command {
  return text === 'ADD' || text === 'UPDATE' || text === 'DELETE'
}

function differences(
  values: readonly (string | null)[],
  before: readonly (string | null)[] | undefined,
): readonly boolean[] {
  return values.map((value, field) => before === undefined || before[field] !== value)
}
