import type { Confirm } from '@scalpdesk/sdk'
import type { BrokerVoice } from './broker-voice.ts'
import type { ConfirmShelf } from './confirm-shelf.ts'
import type { ConfirmFault } from './waiting-faults.ts'

export interface ConfirmWays {
  readonly shelf: ConfirmShelf
  readonly voice: Pick<BrokerVoice, 'confirm'>
  readonly nowMs: () => number
  readonly later: (ms: number, run: () => void) => void
}

/** Streams a confirm and puts it where it can be asked for, or does with it what the fault says. */
export function deliver(
  confirm: Confirm,
  fault: ConfirmFault | null,
  { shelf, voice, nowMs, later }: ConfirmWays,
): void {
  const tell = (told: Confirm): void => {
    shelf.put(told, nowMs())
    voice.confirm(told)
  }
  switch (fault?.kind) {
    case undefined:
      return tell(confirm)
    case 'lost':
      return
    case '405':
      return shelf.bar(confirm.reference)
    case 'late':
      return later(fault.ms, () => tell(confirm))
    case 'wrong-id':
      return tell({ ...confirm, dealId: WRONG_ID })
    case 'twice':
      tell(confirm)
      return voice.confirm(confirm)
  }
}

/** Names no deal that there is. */
const WRONG_ID = 'DIAAAAWRONGDEAL' as Confirm['dealId']
