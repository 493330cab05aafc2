import type { ConfirmJson } from '@scalpdesk/wire'
import type { Confirm } from '../engine/index.ts'
import type { BrokerState } from './broker-state.ts'
import { type Clock, timerGroup } from './clock.ts'
import type { ConfirmStore } from './confirm-store.ts'
import { confirmJson } from './json/confirm-json.ts'
import type { ConfirmFault } from './waiting-faults.ts'

/** Brings each confirm to whoever asks for it and to the stream, unless something was to go wrong with it. */
export interface ConfirmDelivery {
  deliver(event: Confirm): void
  /** The confirm of this reference shall suffer this. */
  afflict(reference: string, fault: ConfirmFault): void
  /** Whether asking for this reference is answered 405. */
  isBarred(reference: string): boolean
  /** Hears of every confirm that the stream is to tell, and may read it. */
  onConfirm(listener: (account: string, read: () => ConfirmJson) => void): void
  close(): void
}

export function confirmDelivery({ engine }: BrokerState, store: ConfirmStore, clock: Clock): ConfirmDelivery {
  const afflicted = new Map<string, ConfirmFault>()
  const barred = new Set<string>()
  const listeners: ((account: string, read: () => ConfirmJson) => void)[] = []
  const waiting = timerGroup(clock)

  function deliver(event: Confirm): void {
    const fault = afflicted.get(event.reference)
    afflicted.delete(event.reference)
    // Written out only when somebody wants to read it.
    const read = (): ConfirmJson => confirmJson(event, engine.book(event.epic))
    switch (fault?.kind) {
      case 'lost':
        return
      case '405':
        return void barred.add(event.reference)
      case 'late':
        return waiting.after(fault.ms, () => tell(event, read))
      case 'wrong-id':
        return tell(event, () => ({ ...read(), dealId: WRONG_ID }))
      case 'twice':
        tell(event, read)
        return tell(event, read)
      default:
        return tell(event, read)
    }
  }

  function tell({ account, reference }: Confirm, read: () => ConfirmJson): void {
    store.put(account, reference, read)
    for (const listener of listeners) listener(account, read)
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
