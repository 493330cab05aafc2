import type { BrokerState } from '../broker-state.ts'
import type { Clock, Timer } from '../clock.ts'
import type { StreamHub } from './stream-hub.ts'

/** Tells the hub when items change: prices with every tick, accounts with every deal and now and then, the heartbeat each second. */
export interface ItemPulse {
  touchAccounts(): void
  /** What anybody follows may have changed. */
  keep(): void
  close(): void
}

export interface ItemPulseOptions {
  readonly state: BrokerState
  readonly hub: StreamHub
  readonly clock: Clock
  readonly accounts: readonly string[]
}

export function itemPulse({ state, hub, clock, accounts }: ItemPulseOptions): ItemPulse {
  const accountKeys = accounts.map(id => `account:${id}`)
  let followed: readonly string[] = []
  let accountTimer: Timer | null = null
  let heartbeat: Timer | null = null

  function touchAccounts(): void {
    accountTimer?.cancel()
    accountTimer = null
    for (const key of followed) hub.touch(key)
  }

  function beat(): void {
    hub.touch('heartbeat')
    heartbeat = clock.at(clock.monotonicMs() + HEARTBEAT_MS, beat)
  }

  state.onMarket(epic => {
    hub.touch(`price:${epic}`)
    hub.touch(`market:${epic}`)
    // Prices move the open profit many times a second: the account follows them four times.
    if (followed.length > 0 && state.engine.book(epic)?.positions.length) {
      accountTimer ??= clock.at(clock.monotonicMs() + ACCOUNT_PAUSE_MS, touchAccounts)
    }
  })

  return {
    touchAccounts,
    keep() {
      followed = accountKeys.filter(hub.isFollowed)
      const wantsHeartbeat = hub.isFollowed('heartbeat')
      if (wantsHeartbeat) heartbeat ??= clock.at(clock.monotonicMs() + HEARTBEAT_MS, beat)
      else {
        heartbeat?.cancel()
        heartbeat = null
      }
    },
    close() {
      accountTimer?.cancel()
      heartbeat?.cancel()
    },
  }
}

const ACCOUNT_PAUSE_MS = 250
const HEARTBEAT_MS = 1000
