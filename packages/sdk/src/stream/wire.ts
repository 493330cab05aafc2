import type { Row, Subscription, SubscriptionListener, SubscriptionSpec } from '@scalpdesk/tlcp'
import type { AccountId } from '../ids.ts'
import type { StreamGap } from '../stream-gap.ts'

/** Something to be had on the wire, on whichever connection there is. */
export interface Wanted {
  /** For people. */
  readonly name: string
  spec(account: AccountId): SubscriptionSpec
  readonly listener: SubscriptionListener<Row>
  /** What the connection does not tell by itself. */
  gap(gap: StreamGap): void
}

/** A thing wanted, and what stands for it at the moment. */
export class Wire {
  readonly wanted: Wanted
  subscription: Subscription | null = null
  isRefused = false
  /** By IG, and not because of how it was asked for: another login may have it. Source: TLCP specification, "Error Codes". */
  isDenied = false
  /** Nobody wants to hear that it ends. */
  isLeft = false

  constructor(wanted: Wanted) {
    this.wanted = wanted
  }

  /** Of one subscription: when it was refused, another may have begun before its end is told. */
  listener(): SubscriptionListener<Row> {
    const { listener } = this.wanted
    let wasRefused = false
    return {
      ...listener,
      refused: refusal => {
        wasRefused = true
        this.isRefused = true
        this.isDenied = refusal.code <= 0
        listener.refused?.(refusal)
      },
      ended: () => {
        if (!wasRefused && !this.isLeft) {
          this.wanted.gap({ kind: 'closed', text: 'the stream was closed for good', missed: null })
        }
      },
    }
  }

  end(): void {
    const { subscription } = this
    this.subscription = null
    // Closing tells `ended`.
    this.isLeft = true
    subscription?.close()
    this.isLeft = false
  }
}
