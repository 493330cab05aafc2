import { InvalidInputError } from './errors.ts'

declare const brand: unique symbol
type Brand<Name extends string> = string & { readonly [brand]: Name }

/** IG's name of a market, such as `CS.D.EURUSD.CFD.IP`. */
export type Epic = Brand<'Epic'>
/** IG's name of a deal, position or working order; IG makes it. */
export type DealId = Brand<'DealId'>
/** Our name of a request, sent with it. A name to look up afterwards; not a promise that IG refuses a duplicate. */
export type DealReference = Brand<'DealReference'>
export type AccountId = Brand<'AccountId'>

// Patterns: IG Labs, REST API reference, pages "Positions" (epic, dealReference, dealId) and "Session" (accountId).
const EPIC = /^[A-Za-z0-9._]{6,30}$/
const DEAL_ID = /^[^\s\p{Cc}]{1,30}$/u
const DEAL_REFERENCE = /^[A-Za-z0-9_-]{1,30}$/
const ACCOUNT_ID = /^[A-Za-z0-9-]{1,30}$/

/** @throws {InvalidInputError} when the text cannot be an epic. */
export function epic(text: string): Epic {
  return checked(
    text,
    EPIC,
    'an epic (6 to 30 of A-Z a-z 0-9 . _)',
    'markets.search() gives the epics of a market',
  ) as Epic
}

/** @throws {InvalidInputError} when the text cannot be a deal id. */
export function dealId(text: string): DealId {
  return checked(text, DEAL_ID, 'a deal id (1 to 30 characters)', 'take it from positions.list()') as DealId
}

/** @throws {InvalidInputError} when the text cannot be a deal reference. */
export function dealReference(text: string): DealReference {
  const form = 'a deal reference (1 to 30 of A-Z a-z 0-9 _ -)'
  return checked(text, DEAL_REFERENCE, form, 'shorten it or replace the other characters') as DealReference
}

/** @throws {InvalidInputError} when the text cannot be an account id. */
export function accountId(text: string): AccountId {
  const form = 'an account id (1 to 30 of A-Z a-z 0-9 -)'
  return checked(text, ACCOUNT_ID, form, 'accounts.list() gives the ids') as AccountId
}

function checked(text: string, pattern: RegExp, form: string, advice: string): string {
  if (pattern.test(text)) return text
  throw new InvalidInputError(`expected ${form}, but got ${JSON.stringify(text.slice(0, 40))}; ${advice}`)
}
