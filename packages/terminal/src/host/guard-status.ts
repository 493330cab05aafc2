import { isObject } from './press-outcome.ts'

/** How a guard is, as plain data: it crosses a socket, and is what `guard --json` prints. */
export interface GuardStatus {
  readonly pid: number
  readonly environment: 'mock' | 'demo' | 'live'
  readonly account: string
  /** Since when it runs, ISO 8601 in UTC. */
  readonly since: string
  readonly socket: string
  /** Screens that are attached. */
  readonly screens: number
  readonly entries: (typeof ENTRIES)[number]
  /** Why entries are not armed; null when they are. */
  readonly why: string | null
  readonly stream: string
  readonly positions: number
  /** Null while not known. */
  readonly workingOrders: number | null
  /** Orders whose outcome has not come. */
  readonly pending: number
  /** What ending now would leave at the broker; null for nothing. */
  readonly leftOpen: string | null
  /** What the desk said last. */
  readonly outcome: string
}

export const ENTRIES = ['armed', 'disarmed', 'locked'] as const

/** Checks what came over a socket. */
export function isGuardStatus(value: unknown): value is GuardStatus {
  if (!isObject(value)) return false
  const counts = ['pid', 'screens', 'positions', 'pending']
  const texts = ['account', 'since', 'socket', 'stream', 'outcome']
  return (
    counts.every(name => Number.isSafeInteger(value[name])) &&
    texts.every(name => typeof value[name] === 'string') &&
    ['why', 'leftOpen'].every(name => value[name] === null || typeof value[name] === 'string') &&
    (value.workingOrders === null || Number.isSafeInteger(value.workingOrders)) &&
    ENTRIES.some(each => each === value.entries) &&
    ['mock', 'demo', 'live'].some(each => each === value.environment)
  )
}
