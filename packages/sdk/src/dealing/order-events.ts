import type { Lane } from '../allowance/lane.ts'
import type { SdkEvent } from '../observe.ts'
import type { Clock } from '../ports.ts'
import { routeLabel } from '../rest/caller.ts'
import type { Route } from '../rest/routes.ts'
import type { Submission } from '../submission.ts'
import type { Exchange } from '../transport/transport.ts'

/** The observer, and the numbers of its events. */
export interface OrderEvents {
  readonly isObserved: boolean
  nextId(): number
  tell(event: SdkEvent): void
}

export type TellEnd = (exchange: Exchange, submission: Submission) => void

/** Tells that an order was sent. @returns what tells of its answer */
export function tellBegin(
  { clock, events }: { readonly clock: Clock; readonly events: OrderEvents },
  route: Route,
  lane: Lane,
  attempt: number,
): TellEnd {
  const startedAtMs = clock.monotonicMs()
  const id = events.nextId()
  const label = routeLabel(route)
  events.tell({ kind: 'request', id, route: label, lane, attempt })
  return (exchange, submission) => {
    const response = exchange.kind === 'answered' ? exchange.response : null
    events.tell({
      kind: 'response',
      id,
      route: label,
      lane,
      durationMs: clock.monotonicMs() - startedAtMs,
      result: RESULTS[exchange.kind],
      status: response?.status ?? null,
      code: codeOf(submission),
      igRequestId: response?.headers.get('x-request-id') ?? null,
    })
  }
}

const RESULTS = { answered: 'answered', unsent: 'unsent', unknown: 'no-answer' } as const

function codeOf(submission: Submission): string | null {
  if (submission.kind === 'acknowledged') return null
  if (submission.kind === 'rejected') return submission.code
  return 'code' in submission.cause && typeof submission.cause.code === 'string' ? submission.cause.code : 'failed'
}
