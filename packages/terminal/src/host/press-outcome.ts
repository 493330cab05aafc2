/** What became of a press, as plain data: it crosses a socket, and is what `--json` prints. */
export interface PressOutcome {
  readonly outcome: PressEnd
  /** For people, one sentence or more. */
  readonly words: string
  /** Why our guard sent nothing; null when it did not refuse. */
  readonly denial: { readonly code: string; readonly words: string } | null
  readonly orders: readonly PressedOrder[]
}

/**
 * `done`: as it was wanted · `rejected`: by the broker · `denied`: by our guard, nothing was sent · `unknown`: it may have been
 * dealt, or not · `nothing`: there was nothing to do.
 */
export type PressEnd = (typeof PRESS_ENDS)[number]

export const PRESS_ENDS = ['done', 'rejected', 'denied', 'unknown', 'nothing'] as const

/** One request that was announced to the journal. Figures are decimals as text. */
export interface PressedOrder {
  /** Our own name of it, as in the journal. */
  readonly id: string
  readonly action: OrderAction
  readonly state: OrderEnd
  readonly epic: string
  readonly direction: 'BUY' | 'SELL' | null
  readonly size: string | null
  readonly dealId: string | null
  readonly level: string | null
  readonly profit: string | null
  readonly profitCurrency: string | null
  /** Why it was refused, or is not known. */
  readonly reason: string | null
}

type OrderAction = (typeof ORDER_ACTIONS)[number]
export const ORDER_ACTIONS = ['open', 'close', 'amend', 'place', 'cancel'] as const
export type OrderEnd = (typeof ORDER_ENDS)[number]
export const ORDER_ENDS = ['done', 'rejected', 'denied', 'unknown'] as const

/** Checks what came over a socket. */
export function isPressOutcome(value: unknown): value is PressOutcome {
  if (!isObject(value)) return false
  const { outcome, words, denial, orders } = value
  return (
    PRESS_ENDS.some(end => end === outcome) &&
    typeof words === 'string' &&
    (denial === null || (isObject(denial) && typeof denial.code === 'string' && typeof denial.words === 'string')) &&
    Array.isArray(orders) &&
    orders.every(isOrder)
  )
}

function isOrder(value: unknown): boolean {
  if (!isObject(value)) return false
  const texts = ['direction', 'size', 'dealId', 'level', 'profit', 'profitCurrency', 'reason']
  return (
    typeof value.id === 'string' &&
    typeof value.epic === 'string' &&
    ORDER_ACTIONS.some(action => action === value.action) &&
    ORDER_ENDS.some(state => state === value.state) &&
    texts.every(name => value[name] === null || typeof value[name] === 'string')
  )
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
