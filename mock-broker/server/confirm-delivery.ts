import type { Confirm } from '../engine/index.ts'
import { type Clock, timerGroup } from './clock.ts'
import type { DealReferences } from './deal-references.ts'
import type { ConfirmFault } from './waiting-faults.ts'

/** Brings each confirm to whoever asks for it and to the stream, unless something was to go wrong with it. */
export interface ConfirmDelivery {
  deliver(event: Confirm): void
  /** The confirm of this reference shall suffer this. */
  afflict(reference: string, fault: ConfirmFault): void
  /** Whether asking for this reference is answered 405. */
  isBarred(reference: string): boolean
  /** Hears of every confirm that the stream is to tell. */
  onConfirm(listener: (confirm: Confirm) => void): void
  close(): void
}

export function confirmDelivery(references: DealReferences, clock: Clock): ConfirmDelivery {
  const afflicted = new Map<string, ConfirmFault>()
  const barred = new Set<string>()
  const listeners: ((confirm: Confirm) => void)[] = []
  const waiting = timerGroup(clock)

  function deliver(event: Confirm): void {
    const fault = afflicted.get(event.reference)
    afflicted.delete(event.reference)
    switch (fault?.kind) {
      case 'lost':
        return
      case '405':
        return void barred.add(event.reference)
      case 'late':
        return waiting.after(fault.ms, () => tell(event))
      case 'wrong-id':
        return tell({ ...event, dealId: WRONG_ID })
      case 'twice':
        tell(event)
        return tell(event)
      default:
        return tell(event)
    }
  }

  function tell(confirm: Confirm): void {
    references.putConfirm(confirm)
    for (const listener of listeners) listener(confirm)
  }

  return {
    deliver,
    afflict: (reference, fault) => void afflicted.set(reference, fault),
    isBarred: reference => barred.has(reference),
    onConfirm: listener => void listeners.push(listener),
    close: waiting.cancelAll,
  }
}

const WRONG_ID = 'DIAAAAWRONGDEAL'
