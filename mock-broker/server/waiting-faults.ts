import type { Reason } from '../engine/index.ts'
import { type AllowanceKind, type ConfirmMatch, type DealingOperation, type FaultMatch, fits } from './faults.ts'

/** What happens to an answer. `lost`, `timeout`, `empty` and `html` come after the request was carried out. */
export type ReplyFault =
  | { readonly kind: 'lost' }
  | { readonly kind: 'slow'; readonly ms: number }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'null-code' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'html' }

export type ConfirmFault =
  | { readonly kind: 'late'; readonly ms: number }
  | { readonly kind: 'lost' }
  | { readonly kind: 'twice' }
  | { readonly kind: 'wrong-id' }
  | { readonly kind: '405' }

/** The faults that wait for a request to hit. Each is spent on the first that it matches. */
export interface WaitingFaults {
  reply(fault: ReplyFault, match?: FaultMatch): void
  confirm(fault: ConfirmFault, match?: ConfirmMatch): void
  rejectNext(reason: Reason): void
  loseNextStop(): void
  exceed(kind: AllowanceKind): void
  /** @param operation null for a request that does not deal. */
  takeReply(operation: DealingOperation | null, path: string): ReplyFault | null
  takeConfirm(operation: DealingOperation): ConfirmFault | null
  takeRejection(): Reason | null
  takeLostStop(): boolean
  takeExceeded(): AllowanceKind | null
  forgetReplies(kind: ReplyFault['kind']): void
  forgetConfirms(kind: ConfirmFault['kind']): void
  forgetRejections(): void
  forgetExceeded(): void
  /** No stop that was to be lost is lost. */
  keepStops(): void
}

export function waitingFaults(): WaitingFaults {
  const replies: { readonly fault: ReplyFault; readonly match: FaultMatch }[] = []
  const confirms: { readonly fault: ConfirmFault; readonly match: ConfirmMatch }[] = []
  const rejections: Reason[] = []
  const exceeded: AllowanceKind[] = []
  let lostStops = 0
  return {
    reply: (fault, match = 'dealing') => void replies.push({ fault, match }),
    confirm: (fault, match = 'dealing') => void confirms.push({ fault, match }),
    rejectNext: reason => void rejections.push(reason),
    loseNextStop: () => void lostStops++,
    exceed: kind => void exceeded.push(kind),
    takeReply: (operation, path) => takeFirst(replies, ({ match }) => fits(match, operation, path))?.fault ?? null,
    takeConfirm: operation =>
      takeFirst(confirms, ({ match }) => match === 'dealing' || match === operation)?.fault ?? null,
    takeRejection: () => rejections.shift() ?? null,
    takeLostStop() {
      if (lostStops === 0) return false
      lostStops--
      return true
    },
    takeExceeded: () => exceeded.shift() ?? null,
    forgetReplies: kind => forget(replies, ({ fault }) => fault.kind === kind),
    forgetConfirms: kind => forget(confirms, ({ fault }) => fault.kind === kind),
    forgetRejections: () => forget(rejections, () => true),
    forgetExceeded: () => forget(exceeded, () => true),
    keepStops() {
      lostStops = 0
    },
  }
}

function takeFirst<T>(waiting: T[], isWanted: (each: T) => boolean): T | undefined {
  const index = waiting.findIndex(isWanted)
  return index < 0 ? undefined : waiting.splice(index, 1)[0]
}

function forget<T>(waiting: T[], isUnwanted: (each: T) => boolean): void {
  waiting.splice(0, waiting.length, ...waiting.filter(each => !isUnwanted(each)))
}
