import type { Dial } from '@scalpdesk/tlcp'
import { AllowanceBudget, PUBLISHED_LIMITS } from './allowance/allowance-budget.ts'
import { AllowanceGate } from './allowance/allowance-gate.ts'
import { InvalidInputError } from './errors.ts'
import type { ConnectOptions } from './ig.ts'
import type { Observe } from './observe.ts'
import type { Clock, Random } from './ports.ts'
import { isIgItself, restBase } from './rest/environment.ts'
import type { SignInPlan } from './session/sign-in.ts'
import { systemClock, systemRandom } from './system-clock.ts'

/** Our choice: longer than any answer that still helps a trader. */
const REQUEST_TIMEOUT_MS = 10_000
/** Longest delay of the system's timers. */
const LONGEST_MS = 2 ** 31 - 1

/** The options, checked and completed. */
export interface ConnectionPlan {
  readonly base: URL
  /** Path of the base URL, without a closing slash. */
  readonly basePath: string
  readonly signIn: SignInPlan
  readonly gate: AllowanceGate
  /** Whether to ask IG for the limits of the key. */
  readonly learnsLimits: boolean
  readonly requestTimeoutMs: number
  readonly timeZone: string | null
  readonly rehearsal: NonNullable<ConnectOptions['rehearsal']>
  readonly clock: Clock
  readonly random: Random
  readonly observe: Observe | null
  /** The only way to the stream; null for those of our own. */
  readonly streamDial: Dial | null
}

/** @throws {InvalidInputError} when an option cannot be right. */
export function connectionPlan(options: ConnectOptions): ConnectionPlan {
  const { clock = systemClock, random = systemRandom, observe = null, environment } = options
  const base = restBase(environment)
  const allowances = options.allowances ?? (isIgItself(base) ? 'published' : 'off')
  const budget = new AllowanceBudget(allowances === 'published' ? PUBLISHED_LIMITS : allowances)
  return {
    base,
    basePath: base.pathname.replace(/\/$/, ''),
    signIn: signInPlan(options),
    gate: new AllowanceGate(budget, clock, wait => observe?.({ kind: 'allowance-wait', ...wait })),
    learnsLimits: allowances === 'published',
    requestTimeoutMs: timeoutOf(options),
    timeZone: zoneOf(options),
    rehearsal: rehearsalOf(options),
    clock,
    random,
    observe,
    streamDial: options.streamDial ?? null,
  }
}

function signInPlan(options: ConnectOptions): SignInPlan {
  const { credentials, sessionVersion = 2, encryptPassword = 'when-required', accountId = null } = options
  for (const name of ['apiKey', 'identifier', 'password'] as const) {
    if (typeof credentials?.[name] === 'string' && credentials[name] !== '') continue
    throw new InvalidInputError(`expected credentials.${name} as a text, but there is none; give all three`)
  }
  if (sessionVersion !== 2 && sessionVersion !== 3) {
    const got = String(sessionVersion)
    throw new InvalidInputError(`expected the session version 2 or 3, but got ${got}; leave it out for 2`)
  }
  if (encryptPassword !== 'when-required' && encryptPassword !== 'always') {
    const got = String(encryptPassword)
    throw new InvalidInputError(`expected encryptPassword 'when-required' or 'always', but got ${got}; leave it out`)
  }
  return { credentials, version: sessionVersion, encryptPassword, wanted: accountId }
}

function rehearsalOf({ rehearsal = 'before' }: ConnectOptions): ConnectionPlan['rehearsal'] {
  if (['before', 'kept', 'none'].includes(rehearsal)) return rehearsal
  const got = String(rehearsal)
  throw new InvalidInputError(
    `expected rehearsal 'before', 'kept' or 'none', but got ${got}; leave it out for 'before'`,
  )
}

function timeoutOf({ requestTimeoutMs = REQUEST_TIMEOUT_MS }: ConnectOptions): number {
  if (requestTimeoutMs > 0 && requestTimeoutMs <= LONGEST_MS) return requestTimeoutMs
  const got = String(requestTimeoutMs)
  throw new InvalidInputError(
    `expected requestTimeoutMs in milliseconds, above 0 and at most 2^31 - 1, but got ${got}; leave it out for 10 s`,
  )
}

function zoneOf({ timeZone }: ConnectOptions): string | null {
  if (timeZone === undefined) return null
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone
  } catch {
    throw new InvalidInputError(`expected a time zone such as Europe/Paris, but got ${timeZone}; correct timeZone`)
  }
}
