import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ERROR_CODES, errorClassOf, errorTable, type Reaction, reactionTo } from './error-codes.ts'

const reaction = (code: string | null, status: number): Reaction => reactionTo(code, status).reaction

describe('a known code', () => {
  it.each(ERROR_CODES.map(row => [row.code, row] as const))('%s maps as its row says', (code, row) => {
    const sample = row.match === 'exact' ? code : `${code}something`
    for (const status of row.httpStatuses.length === 0 ? [400, 403] : row.httpStatuses) {
      expect(reactionTo(sample, status)).toEqual({ reaction: row.reaction, advice: row.advice })
    }
  })

  it('stands in the table once for each status', () => {
    const seen = ERROR_CODES.flatMap(row => row.httpStatuses.map(status => `${status} ${row.code}`))
    expect(seen).toEqual([...new Set(seen)])
  })

  it('has one line of advice that finishes a sentence, and says where it is from', () => {
    for (const row of ERROR_CODES) {
      expect(row.advice).toMatch(/^[a-zI][^\n]{5,90}[^.\s]$/)
      expect(row.where).not.toBe('')
    }
  })

  it('is not hidden by a shorter beginning before it', () => {
    const beginnings = ERROR_CODES.filter(row => row.match === 'prefix')
    for (const [index, row] of beginnings.entries()) {
      expect(beginnings.findIndex(other => row.code.startsWith(other.code))).toBe(index)
    }
  })
})

it.each([
  'client-token-invalid',
  'client-token-missing',
  'account-token-invalid',
  'account-token-missing',
  'oauth-token-invalid',
])('takes %s for the end of the session with 401 and with 403', code => {
  expect([401, 403].map(status => reaction(`error.security.${code}`, status))).toEqual([
    'sign-in-again',
    'sign-in-again',
  ])
})

it.each([
  ['error.security.invalid-details', 401, 'ask-the-user'],
  ['error.security.api-key-invalid', 403, 'ask-the-user'],
  ['error.public-api.failure.kyc.required', 401, 'ask-the-user'],
  ['error.public-api.exceeded-account-trading-allowance', 403, 'wait'],
  ['error.public-api.exceeded-account-historical-data-allowance', 403, 'wait'],
  ['unauthorised.access.to.equity.exception', 403, 'not-entitled'],
  ['error.confirms.deal-not-found', 404, 'not-there'],
  ['validation.null-not-allowed.request', 400, 'correct-the-request'],
  ['validation.null-not-allowed.request.currencyCode', 400, 'correct-the-request'],
  ['validation.something.new', 400, 'correct-the-request'],
  ['validation.pattern.invalid.authenticationRequest.identifier', 400, 'ask-the-user'],
  ['invalid.request.force_open', 400, 'correct-the-request'],
  ['Unable to convert value=abc to type= Integer int', 400, 'correct-the-request'],
  ['Unable to parse datetime=2026-01-05', 400, 'correct-the-request'],
  ['error.watchlists.management.error', 400, 'correct-the-request'],
  ['error.watchlists.management.error', 500, 'try-later'],
  ['system.error', 500, 'try-later'],
] as const)('%s with %i: %s', (code, status, expected) => {
  expect(reaction(code, status)).toBe(expected)
})

it.each([
  ['error.public-api.exceeded-something-new-allowance', 403, 'wait'],
  ['error.security.something-new', 401, 'ask-the-user'],
  ['something.new', 400, 'correct-the-request'],
  ['something.new', 401, 'ask-the-user'],
  ['something.new', 403, 'not-entitled'],
  ['something.new', 404, 'not-there'],
  ['something.new', 405, 'not-there'],
  ['something.new', 422, 'correct-the-request'],
  ['something.new', 429, 'wait'],
  ['something.new', 503, 'try-later'],
  ['constructor', 400, 'correct-the-request'],
] as const)('goes by the status for the unknown code %s with %i: %s', (code, status, expected) => {
  expect(reaction(code, status)).toBe(expected)
})

it('takes an answer without a code for trouble on the way, not for a refusal', () => {
  expect([301, 400, 401, 403, 404, 405, 408, 500, 503, 504].map(status => reaction(null, status))).toEqual(
    Array(10).fill('try-later'),
  )
  expect(reaction(null, 429)).toBe('wait')
})

it('believes no refusal, and takes no session for lost for a new code, behind a 5xx', () => {
  expect(reaction('error.position.notfound', 500)).toBe('try-later')
  expect(reaction('validation.null-not-allowed.request.level', 504)).toBe('try-later')
  expect(reaction('error.security.something.timeout', 504)).toBe('try-later')
  expect(reaction('error.security.invalid-details', 500)).toBe('ask-the-user')
})

it('has an answer for everything', () => {
  fc.assert(
    fc.property(fc.option(fc.string()), fc.integer({ min: 100, max: 599 }), (code, status) => {
      const { reaction, advice } = reactionTo(code, status)
      expect(advice).not.toBe('')
      expect(['SignInError', 'AllowanceError', 'RefusedError', 'TransportError']).toContain(errorClassOf(reaction))
      if (status >= 500) expect(errorClassOf(reaction)).not.toBe('RefusedError')
    }),
  )
})

it('gives the table of the documentation: every code, then the rest by status', () => {
  const table = errorTable()
  expect(table).toHaveLength(new Set(table.map(row => `${row.code} ${row.httpStatuses}`)).size)
  expect(table).toContainEqual({
    code: 'error.confirms.deal-not-found',
    httpStatuses: [404],
    class: 'RefusedError',
    advice: 'ask again for a while, then look at the positions',
  })
  expect(table.map(row => row.code)).toContain('validation.…')
  expect(table.at(-1)).toMatchObject({ code: 'no code', class: 'TransportError' })
})
