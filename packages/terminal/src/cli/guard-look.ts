import { systemClock } from '@scalpdesk/sdk'
import type { GuardDocument } from '../documents/documents.ts'
import { EXIT, ExitError } from '../exit-status.ts'
import type { GuardStatus } from '../host/guard-status.ts'
import { type HostClient, HostLost } from '../host/host-client.ts'
import { HostEnded, HostProblem } from '../host/host-message.ts'
import { printable } from '../printable.ts'
import { isThere } from '../session/journal-process.ts'
import { answer } from './answer.ts'
import { type CommandContext, type CommonOptions, commandContext } from './command-context.ts'
import { runningGuard } from './running-guard.ts'

/** `guard status`: how the guard is. Status 1 when none runs. */
export async function runGuardStatus(options: CommonOptions): Promise<number> {
  const context = commandContext(options)
  const client = await guardOf(context)
  if (!client) return tellNone(context)
  try {
    const guard = await client.look()
    tell(context, guard, linesOf(guard))
    return EXIT.done
  } catch (error) {
    throw failure(error, client)
  } finally {
    client.close()
  }
}

/** `guard stop`: ends the guard, and waits until it is gone. No position is closed by that. */
export async function runGuardStop(options: CommonOptions): Promise<number> {
  const context = commandContext(options)
  const { atSessionEnd, withinMs } = context.settings.reports
  const client = await guardOf(context)
  if (!client) return tellNone(context)
  try {
    const guard = await client.look()
    const left = await client.stop()
    await client.over.catch(() => {})
    // Its journal is free when the process is gone: who starts another desk then need not wait for it.
    const isGone = await goneWithin(guard.pid, GONE_WITHIN_MS + (atSessionEnd === 'off' ? 0 : withinMs))
    if (!isGone) throw new ExitError(EXIT.failed, `the guard (process ${guard.pid}) is ending, and has not ended yet`)
    tell(context, guard, [`the guard (process ${guard.pid}) has ended; ${printable(left)}`])
    return EXIT.done
  } catch (error) {
    throw failure(error, client)
  } finally {
    client.close()
  }
}

/** Our choice: outcomes and goodbyes are waited for no longer than this together; the report of the day has its own time. */
const GONE_WITHIN_MS = 10_000
const LOOK_EVERY_MS = 20

async function goneWithin(pid: number, limitMs: number): Promise<boolean> {
  for (const endMs = systemClock.monotonicMs() + limitMs; systemClock.monotonicMs() < endMs; ) {
    if (!isThere(pid)) return true
    await new Promise<void>(resolve => void systemClock.at(systemClock.monotonicMs() + LOOK_EVERY_MS, resolve))
  }
  return false
}

function guardOf({ home, environment, settings, variables, account }: CommandContext): Promise<HostClient | null> {
  return runningGuard(home, { environment, settings, variables, account })
}

function tellNone(context: CommandContext): number {
  tell(context, null, [`no guard of ${context.environment} runs; scalpdesk guard --env ${context.environment} is one`])
  return EXIT.failed
}

function tell(context: CommandContext, guard: GuardStatus | null, lines: readonly string[]): void {
  const document: GuardDocument = { environment: context.environment, guard }
  answer(context.asJson, document, lines)
}

function failure(error: unknown, { host }: HostClient): unknown {
  if (error instanceof HostEnded || error instanceof HostLost)
    return new ExitError(EXIT.failed, `the guard (process ${host.pid}) ended while it was asked; ask again`)
  return error instanceof HostProblem ? new ExitError(EXIT.failed, error.message) : error
}

function linesOf(guard: GuardStatus): readonly string[] {
  const { screens, why, workingOrders } = guard
  return [
    `guard:     process ${guard.pid}, ${guard.environment} account ${guard.account}, since ${guard.since}`,
    `screens:   ${screens === 0 ? 'none' : screens}`,
    `entries:   ${guard.entries}${why === null ? '' : `: ${why}`}`,
    `stream:    ${guard.stream}`,
    `open:      ${guard.positions} positions, ${workingOrders ?? 'not known how many'} working orders`,
    `pending:   ${guard.pending}`,
    `last said: ${guard.outcome}`,
  ].map(printable)
}
