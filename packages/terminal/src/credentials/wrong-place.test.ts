import { describe, expect, it } from 'vitest'
import { DEMO, LIVE } from '../testing/sample-credentials.ts'
import { misplacedKey, refusalWords } from './wrong-place.ts'

const MOCK = { environment: 'mock', host: '127.0.0.1' } as const

describe('before anything is sent', () => {
  it.each([
    ["the mock broker's key for live", LIVE, 'mock-api-key', /IG's live.*mock broker's.*nothing was sent/],
    ["the mock broker's key for demo", DEMO, 'mock-api-key', /IG's demo.*mock broker's.*nothing was sent/],
    ['another key for a mock broker', MOCK, 'canary', /^(?!.*canary).*mock-api-key.*nothing was sent.*--env live/],
  ])('%s is recognised', (_what, place, key, words) => {
    expect(misplacedKey(place, key)).toMatch(words)
  })

  it.each([
    ['a key of somebody for live', LIVE, 'key'],
    ["the mock broker's key at a mock broker", MOCK, 'mock-api-key'],
    [
      "the mock broker's key at a server in IG's place",
      { environment: 'live', host: '127.0.0.1' } as const,
      'mock-api-key',
    ],
  ])('%s may be tried', (_what, place, key) => {
    expect(misplacedKey(place, key)).toBeNull()
  })
})

describe('a refusal', () => {
  it.each([
    [DEMO, 'error.security.api-key-invalid', /made for live.*--env live/],
    [LIVE, 'error.security.api-key-invalid', /made for demo.*--env demo/],
    [DEMO, 'error.security.invalid-details', /passwords of their own.*ones of demo.*nothing is tried again/],
    [LIVE, 'error.security.too-many-failed-attempts', /locked this login for live/],
    [LIVE, 'error.security.api-key-restricted', /another user/],
    [MOCK, 'error.security.invalid-details', /prints its user and password/],
  ])('at %o with %s is explained', (place, code, words) => {
    expect(refusalWords(place, code)).toMatch(words)
  })

  it('that says nothing about where the login belongs is left as it is', () => {
    expect(refusalWords(LIVE, 'system.error')).toBeNull()
  })
})
