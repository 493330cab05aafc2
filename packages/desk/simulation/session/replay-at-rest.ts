import { ACCOUNT_CURRENCY } from '../../../bots/src/engine-broker/index.ts'
import { dealsOf } from '../../src/day/day.ts'
import { dayTotals } from '../../src/day/day-totals.ts'
import type { Deal } from '../../src/day/deal.ts'
import type { DeskState } from '../../src/desk-state.ts'
import { remember } from '../../src/guard/memory/remember.ts'
import { initialState, recoveredFrom } from '../../src/index.ts'
import { broken } from './broken-promise.ts'
import { contractsOf } from './contracts.ts'
import type { Session } from './session.ts'

/**
 * A program that starts now from the journal alone has the same day as the one that runs. What it cannot have is listed in the
 * README: what the prices did, what is asked of the broker at each start, and what only the screen is for.
 */
export function checkReplay(session: Session): void {
  const { state, broker, plan, program, machine, journal } = session
  const { problems, ...recovered } = recoveredFrom(journal.recovered)
  if (problems.length > 0) broken(`the journal cannot be taken over: ${problems.join('; ')}`)
  const started = initialState({
    contracts: contractsOf(broker),
    accountCurrency: ACCOUNT_CURRENCY,
    zone: { offsetHours: 0 },
    mode: plan.mode,
    limits: state.memory.limits.configured,
    start: { atMs: program.atMs, wallMs: machine.nowMs() },
    recovered,
  })
  // A midnight of which no record tells is heard from the broker, as it was the first time.
  const memory = remember(started.memory, { kind: 'time', atMs: program.atMs, brokerMs: state.brokerMs })
  const again = { ...started, memory }
  for (const [what, read] of Object.entries(READ)) {
    const [one, other] = [read(state), read(again)]
    if (one !== other) broken(`${what} ${one || 'nothing'} while it runs, but ${other || 'nothing'} by its journal`)
  }
}

/** Everything that a screen or a report reads of the day, in words. */
const READ: Readonly<Record<string, (state: DeskState) => string>> = {
  'the deals of the day are': ({ day }) => dealsOf(day).map(dealWords).sort().join('; '),
  'the charges are': ({ day }) => `${dayTotals(day).charges} in ${day.charges.length}`,
  'the guard counts': ({ memory }) =>
    memory.results.map(({ id, profit, isWhole }) => `${id} ${profit} ${isWhole}`).join('; '),
  'the lock is': ({ memory }) => memory.lock?.words ?? 'none',
  'the limits are': ({ memory }) => JSON.stringify(memory.limits.inForce),
  'the orders without an end are': ({ orders }) =>
    [...orders.values()]
      .filter(({ stage }) => stage.kind === 'unresolved' && !stage.isAccepted)
      .map(({ id }) => id)
      .sort()
      .join(),
  'measured are': ({ latency }) => String(latency.finished.length),
}

function dealWords({ dealId, direction, left, parts }: Deal): string {
  const closed = parts.map(({ size }) => size.toFixed()).sort()
  return `${dealId} ${direction} ${left} left, ${closed.join(' and ') || 'nothing'} closed`
}
