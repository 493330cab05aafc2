import { expect, it } from 'vitest'
import { type CommandRow, CommandTable } from './command-table.ts'
import { ItemState } from './item-state.ts'
import { RowDecoder } from './row-decoder.ts'

// TLCP specification, "COMMAND mode".

/** A table of key, command, price and size; `row` applies a value list as it comes over the wire. */
function start() {
  const item = new ItemState(4)
  const table = new CommandTable(0, 1)
  const decoder = new RowDecoder()
  const row = (values: string) => {
    const bytes = Buffer.from(`U,1,1,${values}\r\n`)
    decoder.head(bytes, 0)
    decoder.values(bytes, bytes.length, item)
    return table.apply(item)
  }
  return { table, row }
}

const told = (row: ReturnType<CommandTable['apply']>) => {
  if (typeof row === 'string') return row
  const { key, command, values, changed } = row satisfies CommandRow
  return [key, command, values.join(' '), changed.map(Number).join('')]
}

it('adds, updates and deletes by key; what changed is told against the same key', () => {
  const { table, row } = start()
  expect(told(row('A|ADD|1.1|10'))).toEqual(['A', 'ADD', 'A ADD 1.1 10', '1111'])
  // On the wire only what differs from the item's row before, which was of another key.
  expect(told(row('B||1.2|'))).toEqual(['B', 'ADD', 'B ADD 1.2 10', '1111'])
  expect(told(row('A|UPDATE|1.1|11'))).toEqual(['A', 'UPDATE', 'A UPDATE 1.1 11', '0101'])
  expect(table.keys).toEqual(['A', 'B'])
  expect(told(row('|DELETE|#|#'))).toEqual(['A', 'DELETE', 'A DELETE  ', '0111'])
  expect(table.keys).toEqual(['B'])
})

it('takes the table for what it is, whatever the command says', () => {
  const { row } = start()
  expect(told(row('A|UPDATE|1|1'))).toEqual(['A', 'ADD', 'A ADD 1 1', '1111'])
  expect(told(row('|ADD|2|'))).toEqual(['A', 'UPDATE', 'A UPDATE 2 1', '0110'])
  expect(told(row('Z|DELETE|#|#'))).toBe('unknown-key')
})

it('cannot read a row without key, or with a command that is none', () => {
  const { row } = start()
  expect(told(row('#|ADD|1|1'))).toBe('unreadable')
  expect(told(row('A|UPSERT||'))).toBe('unreadable')
})

it('starts anew when it is cleared', () => {
  const { table, row } = start()
  row('A|ADD|1|1')
  table.clear()
  expect(table.keys).toEqual([])
  expect(told(row('|UPDATE||'))).toEqual(['A', 'ADD', 'A ADD 1 1', '1111'])
})
