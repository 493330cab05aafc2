import type { Reason } from '@scalpdesk/mock-broker/engine'
import type { ConfirmFault, ReplyFault } from '../../../../mock-broker/server/waiting-faults.ts'
import type { DeskRequest } from '../../../bots/src/engine-broker/index.ts'

// What may befall an answer or a confirm is what it may be at the mock broker.
export type { ConfirmFault, ReplyFault }

/** Which request a fault waits for: any that deals, or one kind of them. */
export type Match = 'dealing' | DeskRequest['kind']

/** What befalls a request on its way there. `unsent`: no byte of it leaves. `late`: its client has given up by then. */
export type TravelFault =
  | { readonly kind: 'unsent' }
  | { readonly kind: 'lost' }
  | { readonly kind: 'late'; readonly ms: number }

interface Waiting<Fault> {
  readonly fault: Fault
  readonly match: Match
}

/** Faults that wait for a request; each is spent on the first that it fits. */
export class WaitingFaults {
  readonly replies: Waiting<ReplyFault>[] = []
  readonly confirms: Waiting<ConfirmFault>[] = []
  readonly travels: Waiting<TravelFault>[] = []
  readonly rejections: Reason[] = []
  readonly exceeded: string[] = []
  lostStops = 0
  /** So many updates of positions and working orders are left out of the stream: IG leaves some out. */
  leftOutUpdates = 0

  take<Fault>(waiting: Waiting<Fault>[], kind: DeskRequest['kind']): Fault | null {
    const index = waiting.findIndex(({ match }) => match === 'dealing' || match === kind)
    return index < 0 ? null : (waiting.splice(index, 1)[0]?.fault ?? null)
  }

  takeLostStop(): boolean {
    if (this.lostStops === 0) return false
    this.lostStops -= 1
    return true
  }

  takeLeftOut(): boolean {
    if (this.leftOutUpdates === 0) return false
    this.leftOutUpdates -= 1
    return true
  }

  clear(): void {
    for (const waiting of [this.replies, this.confirms, this.travels, this.rejections, this.exceeded])
      waiting.length = 0
    this.lostStops = 0
    this.leftOutUpdates = 0
  }
}
