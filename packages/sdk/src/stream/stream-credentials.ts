import { SignInError } from '../errors.ts'
import type { AccountId } from '../ids.ts'
import { readAnswer } from '../rest/answer.ts'
import { callTo } from '../rest/call.ts'
import type { Rest } from '../rest/rest.ts'
import { ROUTES } from '../rest/routes.ts'
import type { Auth } from '../session/auth.ts'
import { tokensOf } from '../session/sign-in.ts'

/** The session as the streams need it. */
export interface StreamSession {
  readonly accountId: AccountId
  readonly lastAuth: Auth
  renew(refused: Auth): Promise<void>
}

/**
 * The login of IG's streams: the account, and the session's tokens as a password. A session of version 3 has none of its own and
 * fetches them. Source: IG Labs, Streaming API guide, "Authentication"; REST API reference, "Session", `fetchSessionTokens`.
 * @param need `fresh` when those at hand were refused.
 * @returns `null` when there will be no others.
 */
export async function streamCredentials(
  session: StreamSession,
  rest: Rest,
  need: 'known' | 'fresh',
): Promise<{ readonly user: string; readonly password: string } | null> {
  try {
    const { client, account } = await tokens(session, rest, need)
    return { user: session.accountId, password: `CST-${client}|XST-${account}` }
  } catch (error) {
    if (error instanceof SignInError) return null
    throw error
  }
}

async function tokens(
  session: StreamSession,
  rest: Rest,
  need: 'known' | 'fresh',
): Promise<{ readonly client: string; readonly account: string }> {
  if (session.lastAuth.kind === 'bearer') {
    const call = callTo(ROUTES.readSession, { query: { fetchSessionTokens: true } })
    const response = await rest.answer(call)
    readAnswer(response, { method: call.route.method, path: '/session' })
    return tokensOf(response)
  }
  if (need === 'fresh') await session.renew(session.lastAuth)
  const { lastAuth } = session
  if (lastAuth.kind === 'tokens') return lastAuth
  throw new SignInError('session-lost', 'expected a session of version 2, but it is another one; connect again')
}
