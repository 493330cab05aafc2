/** What the floor and the peers send: the order and the headers of a scalp. Shapes: IG Labs, REST API reference, "Positions". */
export const BASE_PATH = '/gateway/deal'
export const ORDER_PATH = `${BASE_PATH}/positions/otc`
export const CONFIRM_PATH = `${BASE_PATH}/confirms/`

export const EPIC = 'CS.D.EURUSD.CFD.IP'

/** Buys and sells in turn. */
export function wireOrder(index: number): WireOrder {
  return {
    currencyCode: 'USD',
    dealReference: `BENCH-${index}`,
    direction: index % 2 === 0 ? 'BUY' : 'SELL',
    epic: EPIC,
    expiry: '-',
    forceOpen: true,
    guaranteedStop: false,
    orderType: 'MARKET',
    size: 1,
    stopDistance: 20,
  }
}

export interface WireOrder {
  readonly currencyCode: string
  readonly dealReference: string
  readonly direction: 'BUY' | 'SELL'
  readonly epic: string
  readonly expiry: string
  readonly forceOpen: boolean
  readonly guaranteedStop: boolean
  readonly orderType: 'MARKET'
  readonly size: number
  readonly stopDistance: number
}

/** Of the length that IG's have. */
export const TOKENS = { CST: 'c'.repeat(64), 'X-SECURITY-TOKEN': 'x'.repeat(64) } as const
export const API_KEY = 'k'.repeat(40)

export const HEADERS: Readonly<Record<string, string>> = {
  'Content-Type': 'application/json; charset=UTF-8',
  Accept: 'application/json; charset=UTF-8',
  VERSION: '2',
  'X-IG-API-KEY': API_KEY,
  ...TOKENS,
}

/** Whether a confirm's JSON, as the peers give it, is that of a deal. */
export function isAcceptedJson(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && 'dealStatus' in answer && answer.dealStatus === 'ACCEPTED'
}
