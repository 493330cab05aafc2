import type { Cell } from './cell.ts'
import { CLIENTS } from './client.ts'
import { FAULTS } from './fault.ts'
import type { Limits } from './limits.ts'
import { foundByItself, type Knowledge, knowledge } from './verdict.ts'

/** The table for people: orders first, then what was told. The same whenever it is run. */
export function markdown(cells: readonly Cell[], limits: Limits): string {
  return `${orderTable(cells)}\n\n${toldTable(cells, limits)}`
}

/** Orders at the broker for one call, clients down, faults across. */
export function orderTable(cells: readonly Cell[]): string {
  const faults = FAULTS.filter(fault => cells.some(cell => cell.fault === fault))
  const clients = CLIENTS.filter(client => cells.some(cell => cell.client === client))
  const rows = clients.map(client => {
    const counts = faults.map(fault => ordersOf(cells.find(cell => cell.client === client && cell.fault === fault)))
    return row([client.title, ...counts])
  })
  return [row(['Orders sent', ...faults.map(({ title }) => title)]), ruler(faults.length + 1), ...rows].join('\n')
}

function toldTable(cells: readonly Cell[], limits: Limits): string {
  const head = ['Fault', 'Client', 'Orders', 'Held', 'Told', 'When', 'In the end']
  const rows = cells.map(cell => {
    const [first] = cell.told
    return row([
      cell.fault.title,
      cell.client.title,
      ordersOf(cell),
      String(cell.held),
      first?.words ?? 'nothing',
      when(cell, limits),
      ending(cell),
    ])
  })
  return [row(head), ruler(head.length), ...rows].join('\n')
}

/** Two and more are what this is about. */
function ordersOf(cell: Cell | undefined): string {
  if (!cell) return ''
  const isGoingOn = cell.isCutOff && cell.orders > 1 && cell.told.length === 0
  const count = `${cell.orders}${isGoingOn ? ' and going on' : ''}`
  return cell.orders > 1 ? `**${count}**` : count
}

/** Slower than this is not at once. Our choice; a retry after a pause of 0.2 s still is. */
const AT_ONCE_MS = 2_000

/** A timer may fire a moment before its time. */
const EARLY_MS = 5

/** In words that are the same on every machine. */
export function when({ told: [first], fault, client }: Cell, { requestTimeoutMs, lateMs, cellMs }: Limits): string {
  if (!first) return `never within ${cellMs / 1000} s`
  const isWaiting = fault.id === 'hang' || fault.id === 'late'
  if (isWaiting && !client.hasTimeLimit && first.afterMs >= lateMs - EARLY_MS) return 'when the answer came'
  if (isWaiting && client.hasTimeLimit && first.afterMs >= requestTimeoutMs - EARLY_MS)
    return 'after its own time limit'
  return first.afterMs < AT_ONCE_MS ? 'at once' : 'later'
}

function ending(cell: Cell): string {
  if (foundByItself(cell)) return `found by itself: ${cell.told.at(-1)?.words}`
  const known = knowledge(cell)
  if (known === 'untrue' && cell.held > 1) return `**told of one, holds ${cell.held}**`
  if (known === 'open' && cell.isCutOff) return 'unknown, still asking'
  return WORDS[known]
}

const WORDS: Readonly<Record<Knowledge, string>> = {
  known: 'known',
  open: 'unknown, and says so',
  unsaid: 'not said',
  untrue: '**untrue**',
}

const row = (cells: readonly string[]): string => `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`
const ruler = (columns: number): string => row(Array.from({ length: columns }, () => '---'))
