import { type Cell, runCell } from './cell.ts'
import { CLIENTS, type ClientId, type ClientRow } from './client.ts'
import { FAULTS, type Fault, type FaultId } from './fault.ts'
import type { Limits } from './limits.ts'

/** Clients that start at a time: starting takes the machine's whole attention, waiting takes none. */
const STARTING_AT_ONCE = 3

/** Every client under every fault, at the same time where that disturbs nobody. */
export async function runTable(
  limits: Limits,
  clients: readonly ClientId[] = CLIENTS.map(({ id }) => id),
): Promise<readonly Cell[]> {
  const turns = turnsOf(STARTING_AT_ONCE)
  const wanted = CLIENTS.filter(({ id }) => clients.includes(id))
  async function run(client: ClientRow, fault: Fault): Promise<Cell> {
    const pass = await turns()
    return runCell(client, fault, limits, pass).finally(pass)
  }
  const order = FAULTS.toSorted((one, other) => lateness(one) - lateness(other))
  const cells = await Promise.all(order.flatMap(fault => wanted.map(client => run(client, fault))))
  return cells.toSorted((one, other) => FAULTS.indexOf(one.fault) - FAULTS.indexOf(other.fault))
}

/** Where somebody waits until the cell ends, the waiting begins first. */
const lateness = ({ id }: Fault): number => (LONG.has(id) ? 0 : 1)
const LONG: ReadonlySet<FaultId> = new Set(['reset-before', 'hang', '4xx'])

/** Gives at most so many turns at a time; a turn ends when what it gave is called, the first time. */
function turnsOf(count: number): () => Promise<() => void> {
  const waiting: (() => void)[] = []
  let free = count
  function pass(): void {
    const next = waiting.shift()
    if (next) next()
    else free++
  }
  return async () => {
    if (free > 0) free--
    else await new Promise<void>(resolve => waiting.push(resolve))
    let isPassed = false
    return () => {
      if (!isPassed) pass()
      isPassed = true
    }
  }
}
