import type { AllowanceGate } from '../allowance/allowance-gate.ts'
import type { AccountId } from '../ids.ts'
import type { Ig } from '../ig.ts'
import type { Clock, Random } from '../ports.ts'
import { confirmsOver } from '../resources/confirms.ts'
import type { History } from '../resources/history.ts'
import { ordersOver } from '../resources/orders.ts'
import { positionsOver } from '../resources/positions.ts'
import type { Caller } from '../rest/caller.ts'
import type { ReadOptions, Rest } from '../rest/rest.ts'
import type { IgSession } from '../session/ig-session.ts'
import type { Exchange, Transport } from '../transport/transport.ts'
import { recentActivity } from './activity-since.ts'
import { ConfirmInbox } from './confirm-inbox.ts'
import { OrderSender } from './order-sender.ts'
import { SentRegister } from './sent-register.ts'
import { sessionGate } from './session-gate.ts'
import { type Settle, settleOver } from './settle.ts'

export interface DealingPorts {
  readonly rest: Rest
  readonly transport: Transport
  readonly session: IgSession
  readonly allowance: AllowanceGate
  readonly caller: Caller
  readonly clock: Clock
  readonly random: Random
  readonly history: History
  isHearingConfirms(): boolean
  /** Path of the base URL, without a closing slash. */
  readonly basePath: string
  readonly requestTimeoutMs: number
}

/** All that sends orders, and finds out what became of them. */
export interface Dealing {
  readonly resources: Pick<Ig, 'positions' | 'orders' | 'confirms'>
  readonly settle: Settle
  /** The confirms that the stream tells go here. */
  readonly inbox: ConfirmInbox
  /** What is being settled ends as `unknown`: the lists are now those of another account, or cannot be asked for any more. */
  stopSettling(): void
  /** Resolves when no order is on its way any more. */
  drained(): Promise<void>
}

export function dealingOver(ports: DealingPorts): Dealing {
  const { rest, transport, session, allowance, caller, clock, random, history, basePath, requestTimeoutMs } = ports
  const accountId = (): AccountId => session.accountId
  const inbox = new ConfirmInbox()
  const register = new SentRegister()
  const onTheirWay = new Set<Promise<Exchange>>()
  const sender = new OrderSender({
    transport: {
      sendOrder(request, options) {
        const exchange = transport.sendOrder(request, options)
        onTheirWay.add(exchange)
        const over = (): unknown => onTheirWay.delete(exchange)
        exchange.then(over, over)
        return exchange
      },
    },
    gate: sessionGate(session, allowance, clock, event => caller.tell(event)),
    clock,
    accountId,
    register,
    basePath,
    requestTimeoutMs,
    events: caller,
  })
  const positions = positionsOver(rest, sender)
  const resources = {
    positions: {
      ...positions,
      // Also what the caller reads tells how large a position was before a close whose answer is lost.
      async list(options?: ReadOptions) {
        const askedAtMs = clock.nowMs()
        const listed = await positions.list(options)
        register.sizes.note(listed, { askedAtMs, heardAtMs: clock.nowMs() })
        return listed
      },
    },
    orders: ordersOver(rest, sender),
    confirms: confirmsOver(rest),
  }
  const settle = settleOver({
    ...resources,
    clock,
    random,
    accountId,
    inbox,
    isHearingConfirms: () => ports.isHearingConfirms(),
    register,
    activitySince: (fromMs, options) => recentActivity(history, fromMs, options),
  })
  let settling = new AbortController()
  return {
    resources,
    settle: (sent, options = {}) => {
      const signals = options.signal === undefined ? [settling.signal] : [options.signal, settling.signal]
      return settle(sent, { ...options, signal: AbortSignal.any(signals) })
    },
    inbox,
    stopSettling() {
      settling.abort()
      settling = new AbortController()
    },
    async drained() {
      await Promise.allSettled(onTheirWay)
    },
  }
}
