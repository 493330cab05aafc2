import { manualClock, seededRandom } from '@scalpdesk/testkit'
import { describe, expect, it } from 'vitest'
import { defaultUsers } from '../users.ts'
import { loginSessions } from './login-sessions.ts'

const HOUR_MS = 3_600_000
const users = defaultUsers('100000')
const [user] = users

function start() {
  const clock = manualClock()
  return { clock, sessions: loginSessions(users, seededRandom(1), clock) }
}

describe('a pair of tokens', () => {
  it('lives for six hours from its last use, and for three days at most', () => {
    const { clock, sessions } = start()
    const tokens = sessions.pairs.open({ user, accountId: 'MOCK1' })
    for (let hours = 0; hours < 70; hours += 5) {
      clock.advance(5 * HOUR_MS)
      expect(sessions.check(tokens).kind).toBe('valid')
    }
    clock.advance(2 * HOUR_MS + 1)
    expect(sessions.check(tokens).kind).toBe('client-token-invalid')
    const unused = sessions.pairs.open({ user, accountId: 'MOCK1' })
    clock.advance(6 * HOUR_MS + 1)
    expect(sessions.check(unused).kind).toBe('client-token-invalid')
  })

  it('is of every sign-in its own', () => {
    const { sessions } = start()
    const [first, second] = [1, 2].map(() => sessions.pairs.open({ user, accountId: 'MOCK1' }))
    expect(first?.clientToken).not.toBe(second?.clientToken)
    const mixed = { clientToken: first?.clientToken, accountToken: second?.accountToken }
    expect(sessions.check(mixed).kind).toBe('account-token-invalid')
  })

  it('is replaced, both tokens of it, when the account is switched', () => {
    const { sessions } = start()
    const old = sessions.pairs.open({ user, accountId: 'MOCK1' })
    const tokens = sessions.switchAccount({ kind: 'pair', ...old }, { user, accountId: 'MOCK2' })
    expect(sessions.check(old).kind).toBe('client-token-invalid')
    expect(sessions.check(tokens)).toMatchObject({ kind: 'valid', login: { accountId: 'MOCK2' } })
  })
})

describe('a bearer', () => {
  it('lives for a minute; its refresh token gives one new pair within ten', () => {
    const { clock, sessions } = start()
    const first = sessions.bearers.open(user)
    clock.advance(60_000)
    expect(sessions.check({ bearer: first.access }).kind).toBe('oauth-token-invalid')
    const second = sessions.bearers.refresh(first.refresh)
    expect(second && sessions.check({ bearer: second.access })).toMatchObject({ login: { accountId: 'MOCK1' } })
    expect(sessions.bearers.refresh(first.refresh)).toBeNull()
    clock.advance(600_000)
    expect(second && sessions.bearers.refresh(second.refresh)).toBeNull()
  })

  it('acts on the account that each call names', () => {
    const { sessions } = start()
    const { access } = sessions.bearers.open(user)
    expect(sessions.check({ bearer: access, accountId: 'MOCK2' })).toMatchObject({ login: { accountId: 'MOCK2' } })
    expect(sessions.check({ bearer: access, accountId: 'OTHER1' }).kind).toBe('account-access-denied')
  })
})

it('locks a user out after ten failures in a row', () => {
  const { sessions } = start()
  for (let tries = 0; tries < 10; tries++) expect(sessions.authenticate('mock', 'no')).toBe('wrong')
  expect(sessions.authenticate('mock', 'mock')).toBe('locked')
  expect(sessions.authenticate('second', 'mock')).toMatchObject({ username: 'second' })
})
