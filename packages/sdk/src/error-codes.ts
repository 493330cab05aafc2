import { ERROR_CODES, type ErrorCode, type Reaction } from './error-code-table.ts'
import { unreachable } from './unreachable.ts'

export type { Reaction } from './error-code-table.ts'
export { ERROR_CODES } from './error-code-table.ts'

/** What can be done, and in which words to say so. */
export interface Advised {
  readonly reaction: Reaction
  readonly advice: string
}

/** Class of the error that is thrown. */
export type ErrorClass = 'SignInError' | 'AllowanceError' | 'RefusedError' | 'TransportError'

/**
 * What to do about an answer that is not 200. Goes by the code, because IG sends the same one with several statuses; by the
 * status where the code is unknown or absent. Behind a 5xx nothing counts as refused, because nobody can tell what was done.
 * @param code IG's `errorCode`; `null` where the answer had none.
 */
export function reactionTo(code: string | null, status: number): Advised {
  const known = code === null ? null : rowOf(code, status)
  if (known === null) return byStatus(code !== null, status)
  const isCertain = known.match === 'exact' && errorClassOf(known.reaction) !== 'RefusedError'
  if (status >= 500 && !isCertain) return byStatus(true, status)
  return { reaction: known.reaction, advice: known.advice }
}

export function errorClassOf(reaction: Reaction): ErrorClass {
  switch (reaction) {
    case 'sign-in-again':
    case 'ask-the-user':
      return 'SignInError'
    case 'wait':
      return 'AllowanceError'
    case 'correct-the-request':
    case 'not-there':
    case 'not-entitled':
      return 'RefusedError'
    case 'try-later':
      return 'TransportError'
    default:
      return unreachable(reaction)
  }
}

/** A row of the table that documents the errors. */
export interface ErrorTableRow {
  /** With `…` at its end: every code that begins so. */
  readonly code: string
  /** Empty where nobody has written it down. */
  readonly httpStatuses: readonly number[]
  readonly class: ErrorClass
  readonly advice: string
}

/** Every known code, then what the statuses mean where the code is unknown or absent. */
export function errorTable(): readonly ErrorTableRow[] {
  const rows = ERROR_CODES.map(({ code, match, httpStatuses, reaction, advice }) => {
    return { code: match === 'exact' ? code : `${code}…`, httpStatuses, class: errorClassOf(reaction), advice }
  })
  const others = OTHER_CODES.map(({ httpStatuses, reaction, advice }) => {
    return { code: 'any other code', httpStatuses, class: errorClassOf(reaction), advice }
  })
  return [...rows, ...others, { code: 'no code', httpStatuses: [], class: errorClassOf('try-later'), advice: NO_CODE }]
}

const SEE_REFERENCE = "see this code in IG's API reference"
const LATER = 'IG is busy or closed, try again later'
const NO_CODE = "try again later; if it stays so, check the address, the API key and the account on IG's website"
const TOO_MANY = 'wait, then ask less often'

/** Codes that the table does not have. The first row with the status counts; our choice, after what IG uses the statuses for. */
const OTHER_CODES: readonly (Advised & { readonly httpStatuses: readonly number[] })[] = [
  { httpStatuses: [401], reaction: 'ask-the-user', advice: SEE_REFERENCE },
  { httpStatuses: [403], reaction: 'not-entitled', advice: SEE_REFERENCE },
  // 405 is what /confirms was seen to answer while there is no confirm.
  { httpStatuses: [404, 405, 410], reaction: 'not-there', advice: SEE_REFERENCE },
  { httpStatuses: [408], reaction: 'try-later', advice: LATER },
  // Source: RFC 6585, section 4. IG itself answers 403.
  { httpStatuses: [429], reaction: 'wait', advice: TOO_MANY },
  { httpStatuses: [400], reaction: 'correct-the-request', advice: SEE_REFERENCE },
  { httpStatuses: [500, 502, 503, 504], reaction: 'try-later', advice: LATER },
]

function byStatus(hasCode: boolean, status: number): Advised {
  const row = OTHER_CODES.find(other => other.httpStatuses.includes(status))
  const saysIt = row !== undefined && (hasCode || row.reaction === 'wait' || row.reaction === 'try-later')
  if (saysIt) return { reaction: row.reaction, advice: row.advice }
  if (status >= 500) return { reaction: 'try-later', advice: LATER }
  // Without a code it was hardly IG's API that answered.
  if (!hasCode || status < 400) return { reaction: 'try-later', advice: NO_CODE }
  return { reaction: 'correct-the-request', advice: SEE_REFERENCE }
}

const EXACT: ReadonlyMap<string, readonly ErrorCode[]> = Map.groupBy(
  ERROR_CODES.filter(row => row.match === 'exact'),
  row => row.code,
)
const PREFIXES: readonly ErrorCode[] = ERROR_CODES.filter(row => row.match === 'prefix')

/** The row of this status where a code has several. */
function rowOf(code: string, status: number): ErrorCode | null {
  const rows = EXACT.get(code) ?? PREFIXES.filter(row => code.startsWith(row.code)).slice(0, 1)
  return rows.find(row => row.httpStatuses.includes(status)) ?? rows[0] ?? null
}
