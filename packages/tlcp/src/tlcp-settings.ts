import type { SessionWishes } from './request.ts'
import type { ProtocolVersion } from './session-codes.ts'
import type { Patience } from './session-timers.ts'
import type { TlcpOptions } from './tlcp-client.ts'
import { isHttp, type Transports, transportsOf } from './transport.ts'

/** The options, with everything that was not told. */
export interface Settings {
  readonly wishes: SessionWishes
  readonly patience: Patience
  readonly version: ProtocolVersion
  readonly transports: Transports
}

// All of these are our choice.
const INACTIVITY_WISH_MS = 5_000
const SILENCE_MS = 3_000
const CONNECT_MS = 4_000
/** Longer, and a server would take us for gone. */
const LONGEST_POLL_MS = 30_000

/** @throws {RangeError} for options that contradict each other. */
export function readOptions(options: TlcpOptions): Settings {
  const { silenceMs = SILENCE_MS, connectTimeoutMs = CONNECT_MS, transport = 'auto', dialHttp } = options
  // Two keepalives may be lost before the silence counts, and a poll is one.
  const keepaliveMs = Math.floor(silenceMs / 3)
  const { pollIdleMs = Math.max(1, keepaliveMs), pollPauseMs = 0 } = options
  for (const [name, ms] of Object.entries({ silenceMs, connectTimeoutMs })) {
    if (!Number.isFinite(ms) || ms <= 0) throw new RangeError(`expected ${name} to be a positive number, but got ${ms}`)
  }
  for (const [name, ms, least] of [
    ['pollIdleMs', pollIdleMs, 1],
    ['pollPauseMs', pollPauseMs, 0],
  ] as const) {
    if (Number.isSafeInteger(ms) && ms >= least && ms <= LONGEST_POLL_MS) continue
    throw new RangeError(`expected ${name} to be a whole number from ${least} to ${LONGEST_POLL_MS}, but got ${ms}`)
  }
  if (isHttp(transport) && dialHttp === undefined) {
    throw new RangeError(`expected dialHttp for the transport ${transport}, but there is none; give httpDial()`)
  }
  return {
    wishes: {
      adapterSet: options.adapterSet ?? null,
      keepaliveMs,
      inactivityMs: INACTIVITY_WISH_MS,
      pollIdleMs,
      pollPauseMs,
    },
    patience: { connectMs: connectTimeoutMs, silenceMs, graceMs: silenceMs - keepaliveMs },
    version: options.version ?? '2.4.0',
    transports: transportsOf(transport, dialHttp !== undefined),
  }
}
