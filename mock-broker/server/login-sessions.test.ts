import { manualClock, seededRandom } from '@scalpdesk/testkit'
import { expect, it } from 'vitest'
import { loginSessions } from './login-sessions.ts'

const HOUR_MS = 3_600_000

it('keeps tokens for six hours from their last use', () => {
  const clock = manualClock()
  const sessions = loginSessions(seededRandom(1), clock)
  const { clientToken, accountToken } = sessions.open()
  const check = () => sessions.check(clientToken, accountToken).kind
  clock.advance(5 * HOUR_MS)
  expect(check()).toBe('valid')
  clock.advance(5 * HOUR_MS)
  expect(check()).toBe('valid')
  clock.advance(6 * HOUR_MS + 1)
  expect(check()).toBe('client-token-invalid')
})

it('gives every sign-in tokens of its own', () => {
  const sessions = loginSessions(seededRandom(1), manualClock())
  const [first, second] = [sessions.open(), sessions.open()]
  expect(first.clientToken).not.toBe(second.clientToken)
  expect(sessions.check(first.clientToken, second.accountToken).kind).toBe('account-token-invalid')
})
