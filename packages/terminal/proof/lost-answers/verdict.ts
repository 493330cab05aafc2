import type { Cell } from './cell.ts'
import type { Statement } from './statement.ts'

/**
 * Whether the caller knows in the end what became of the order. `known`: told, and so it is. `open`: told that it is not
 * known. `unsaid`: nothing that says it. `untrue`: told, and it is not so.
 */
export type Knowledge = 'known' | 'open' | 'unsaid' | 'untrue'

export function knowledge({ told, held }: Pick<Cell, 'told' | 'held'>): Knowledge {
  const last = told.at(-1)
  if (!last) return 'unsaid'
  return told.some(each => isUntrue(each, held)) ? 'untrue' : knowledgeOf(last, held)
}

function knowledgeOf(last: Statement, held: number): Knowledge {
  if (isUntrue(last, held)) return 'untrue'
  switch (last.kind) {
    case 'opened':
    case 'refused':
      return 'known'
    case 'unknown':
      return 'open'
    case 'error':
    case 'blank':
      return 'unsaid'
  }
}

/** One call was made: who is told that it opened something holds exactly one position, who is told that it did not, none. */
const isUntrue = ({ kind }: Statement, held: number): boolean =>
  (kind === 'opened' && held !== 1) || (kind === 'refused' && held !== 0)

/** Whether it was told at first that the outcome is not known, and found out without being called again. */
export function foundByItself(cell: Pick<Cell, 'told' | 'held'>): boolean {
  return cell.told.length > 1 && cell.told[0]?.kind === 'unknown' && knowledge(cell) === 'known'
}

/** What must never be so of a client of ours, each as one sentence; empty when all is well. */
export function brokenPromises({ client, fault, ...cell }: Cell): readonly string[] {
  if (!client.isOurs) return []
  const where = `${client.title}, ${fault.title}`
  const broken: string[] = []
  if (cell.orders > 1 || cell.held > 1)
    broken.push(`${where}: expected one order at most, but the broker got ${cell.orders} and holds ${cell.held}`)
  const known = knowledge(cell)
  if (known === 'untrue' || known === 'unsaid')
    broken.push(`${where}: expected the truth, but was told ${JSON.stringify(cell.told.map(({ words }) => words))}`)
  if (fault.isTaken && known === 'open')
    broken.push(`${where}: expected the position to be found, but it was still unknown at the end`)
  return broken
}
