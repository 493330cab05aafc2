import { SignInError } from '../errors.ts'
import type { RestSession } from '../rest/rest-session.ts'

/**
 * The login of IG's streams: the account, and the session's tokens as a password.
 * Source: IG Labs, Streaming API guide, "Authentication".
 * @param need `fresh` when those at hand were refused.
 * @returns `null` when there will be no others.
 */
export async function streamCredentials(
  session: RestSession,
  need: 'known' | 'fresh',
): Promise<{ readonly user: string; readonly password: string } | null> {
  if (need === 'fresh') {
    try {
      await session.renew(session.tokens)
    } catch (error) {
      if (error instanceof SignInError) return null
      throw error
    }
  }
  const { client, account } = session.tokens
  return { user: session.accountId, password: `CST-${client}|XST-${account}` }
}
