import { like, only } from '../json-shape.ts'

/** Values that many of IG's answers share (IG Labs, REST API reference; the forms of dates are of each endpoint and version). */
export const DEAL_ID = like(/^DIAAAA[A-Z0-9]{9}$/)
export const REFERENCE = like(/^[A-Za-z0-9_-]{1,30}$/)
export const MADE_REFERENCE = like(/^[A-Z0-9]{15}$/)
export const CURRENCY = like(/^[A-Z]{3}$/)
export const EPIC = like(/^[A-Za-z0-9._]{6,30}$/)
export const EXPIRY = like(/^(-|DFB|[A-Z]{3}-\d{2})$/)
export const DIRECTION = only('BUY', 'SELL')
export const TIME = like(/^\d\d:\d\d:\d\d$/)
export const ISO = like(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/)
export const ISO_MS = like(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}$/)
export const SLASHES = like(/^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d:\d{3}$/)
export const SLASHED_MINUTE = like(/^\d{4}\/\d\d\/\d\d \d\d:\d\d$/)
export const ACCOUNT_TYPE = only('CFD', 'PHYSICAL', 'SPREADBET')
export const INSTRUMENT_TYPE = only('CURRENCIES', 'INDICES', 'COMMODITIES', 'SHARES', 'RATES')
export const MARKET_STATUS = only(
  'CLOSED',
  'EDITS_ONLY',
  'OFFLINE',
  'ON_AUCTION',
  'ON_AUCTION_NO_EDITS',
  'SUSPENDED',
  'TRADEABLE',
)
