import { grouped, signed } from '../figures.ts'
import type { Cell, Column } from './cell.ts'
import { plainWords } from './plain-words.ts'
import { unreachable } from './unreachable.ts'
import type { WallClock } from './wall-clock.ts'

/** A cell as forms for eyes show it, before they escape it: thousands parted, results with their sign, times to the second. */
export function readableText(cell: Cell | null, column: Column, clock: WallClock): string {
  if (cell === null) return ''
  switch (cell.kind) {
    case 'words':
      return plainWords(cell.words)
    case 'figure':
      return grouped(column.isResult ? signed(cell.figure) : cell.figure)
    case 'moment':
      return `${clock.day(cell.atMs)} ${clock.time(cell.atMs)}`
    case 'day':
      return cell.day
    case 'yes-no':
      return cell.isSo ? 'yes' : 'no'
    default:
      return unreachable(cell)
  }
}
