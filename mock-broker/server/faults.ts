import type { Reason } from '../engine/index.ts'

export type DealingOperation = 'open' | 'close' | 'amend'

/** What goes wrong on request. Each lasts as its name says. */
export interface Faults {
  /** The next dealing request (of this kind) is taken, then its connection is destroyed without an answer. */
  loseNextReply(match?: 'open' | 'close'): void
  /** Destroys every streaming socket; the sessions stay and can be recovered. */
  dropStream(): void
  /** Streaming sockets stay open and nothing is sent on them, until `speak`. */
  goSilent(): void
  speak(): void
  /** The next order is refused with this reason. */
  rejectNext(reason: Reason): void
  closeMarket(epic: string): void
  openMarket(epic: string): void
}

/** The faults that wait for a request to hit. */
export interface WaitingFaults {
  loseNextReply(match?: 'open' | 'close'): void
  rejectNext(reason: Reason): void
  /** @returns whether this operation's answer is to be lost; the fault is spent then. */
  takeLostReply(operation: DealingOperation): boolean
  takeRejection(): Reason | null
}

export function waitingFaults(): WaitingFaults {
  const lost: ('open' | 'close' | 'any')[] = []
  const rejections: Reason[] = []
  return {
    loseNextReply: match => void lost.push(match ?? 'any'),
    rejectNext: reason => void rejections.push(reason),
    takeLostReply(operation) {
      const index = lost.findIndex(match => match === 'any' || match === operation)
      if (index < 0) return false
      lost.splice(index, 1)
      return true
    },
    takeRejection: () => rejections.shift() ?? null,
  }
}
