/** How the streaming side of this broker differs from the one that serves every client all it asks for. */
export interface StreamTerms {
  /** The newest protocol version that is spoken. */
  readonly newestTlcp: TlcpVersion
  /** The control link of CONOK: where every new connection of a session shall go, `*` for where it came from. */
  readonly controlLink: string
  readonly subscriptionLimit: number
  /** Whether the items that IG has retired, `MARKET` and `L1`, are served. */
  readonly servesLegacy: boolean
  /** Whether signing out ends the streams that the sign-in opened. */
  readonly endsAtSignOut: boolean
}

export type TlcpVersion = '2.0' | '2.1' | '2.2' | '2.3' | '2.4' | '2.5'

export const STREAM_DEFAULTS: StreamTerms = {
  newestTlcp: '2.5',
  controlLink: '*',
  // IG's `concurrentSubscriptionsLimit` (IG Labs, REST API reference, "Application").
  subscriptionLimit: 40,
  servesLegacy: false,
  endsAtSignOut: true,
}

/** `TLCP-2.4.0`, and as a WebSocket subprotocol `TLCP-2.4.0.lightstreamer.com`. @returns `2.4.0`, or null for one that is not spoken. */
export function readProtocol(text: string, { newestTlcp }: StreamTerms): string | null {
  const version = /^TLCP-(2\.[0-5])\.0(\.lightstreamer\.com)?$/.exec(text)?.[1]
  return version !== undefined && version <= newestTlcp ? `${version}.0` : null
}
