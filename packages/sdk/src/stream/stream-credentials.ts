import { SignInError } from '../errors.ts'
import type { AccountId } from '../ids.ts'
import { readAnswer } from '../rest/answer.ts'
import { callTo } from '../rest/call.ts'
import type { Rest } from '../rest/rest.ts'
import { ROUTES } from '../rest/routes.ts'
import type { Auth } from '../session/auth.ts'
import { tokensOf } from '../session/sign-in.ts'
import { isTooSoon } from '../session/token-renewal.ts'

/** The session as the streams need it. */
export interface StreamSession {
  readonly accountId: AccountId
  readonly lastAuth: Auth
  renewForStreams(refused: Auth): Promise<void>
}

type Need = 'known' | 'fresh'
type Credentials = { readonly user: string; readonly password: string }

/**
 * The login of IG's streams: the account, and the session's tokens as a password. A session of version 3 has none of its own and
 * fetches them. Source: IG Labs, Streaming API guide, "Authentication"; REST API reference, "Session", `fetchSessionTokens`.
 * @returns asks for them: `fresh` when those given last were refused. `null` when there will be no others.
 */
export function streamCredentials(session: StreamSession, rest: Rest): (need: Need) => Promise<Credentials | null> {
  /** What the stream was given last. */
  let given: Auth | null = null

  /** @throws {SignInError} where there are no others, or the streams alone refuse these, and have to wait for others. */
  async function replace(refused: Auth): Promise<void> {
    try {
      await session.renewForStreams(refused)
    } catch (error) {
      if (!isTooSoon(error)) throw error
      // Tokens that died are not the streams' concern alone: a read that meets them has others at once.
      await rest.read(callTo(ROUTES.readSession))
      if (session.lastAuth === refused) throw error
    }
  }

  async function tokens(need: Need): Promise<{ readonly client: string; readonly account: string }> {
    if (session.lastAuth.kind === 'bearer') {
      const call = callTo(ROUTES.readSession, { query: { fetchSessionTokens: true } })
      const response = await rest.answer(call)
      readAnswer(response, { method: call.route.method, path: '/session' })
      return tokensOf(response)
    }
    // Others may have come meanwhile: those were not refused.
    if (need === 'fresh' && given !== null) await replace(given)
    const { lastAuth } = session
    if (lastAuth.kind !== 'tokens') {
      throw new SignInError('session-lost', 'expected a session of version 2, but it is another one; connect again')
    }
    given = lastAuth
    return lastAuth
  }

  return async need => {
    try {
      const { client, account } = await tokens(need)
      return { user: session.accountId, password: `CST-${client}|XST-${account}` }
    } catch (error) {
      if (error instanceof SignInError) return null
      throw error
    }
  }
}
