import type { SessionWishes } from './request.ts'
import type { ProtocolVersion } from './session-codes.ts'
import type { Patience } from './session-timers.ts'
import type { TlcpOptions } from './tlcp-client.ts'

/** The options, with everything that was not told. */
export interface Settings {
  readonly wishes: SessionWishes
  readonly patience: Patience
  readonly version: ProtocolVersion
  readonly transports: 'websocket' | 'http' | 'both'
}

// All of these are our choice.
const INACTIVITY_WISH_MS = 5_000
const SILENCE_MS = 3_000
const CONNECT_MS = 4_000

/** @throws {RangeError} for options that contradict each other. */
export function readOptions(options: TlcpOptions): Settings {
  const { silenceMs = SILENCE_MS, connectTimeoutMs = CONNECT_MS, transport = 'auto', dialHttp } = options
  for (const [name, ms] of Object.entries({ silenceMs, connectTimeoutMs })) {
    if (!Number.isFinite(ms) || ms <= 0) throw new RangeError(`expected ${name} to be a positive number, but got ${ms}`)
  }
  if (transport === 'http' && dialHttp === undefined) {
    throw new RangeError('expected dialHttp for the transport http, but there is none; give httpDial()')
  }
  // Two keepalives may be lost before the silence counts.
  const keepaliveMs = Math.floor(silenceMs / 3)
  return {
    wishes: { adapterSet: options.adapterSet ?? null, keepaliveMs, inactivityMs: INACTIVITY_WISH_MS },
    patience: { connectMs: connectTimeoutMs, silenceMs, graceMs: silenceMs - keepaliveMs },
    version: options.version ?? '2.4.0',
    transports: transport === 'auto' ? (dialHttp === undefined ? 'websocket' : 'both') : transport,
  }
}
