import { type ManualClock, manualClock, seededRandom } from '@scalpdesk/testkit'
import { TransportError } from '../errors.ts'
import { accountId } from '../ids.ts'
import type { SdkEvent } from '../observe.ts'
import type { Auth } from '../session/auth.ts'
import { IgSession } from '../session/ig-session.ts'
import type { SignedIn, SignInPlan } from '../session/sign-in.ts'
import type { HttpResponse } from '../transport/http-response.ts'

export const HOME = accountId('ABC12')
export const OTHER = accountId('ABC13')

type Answer = HttpResponse | Error | Promise<HttpResponse>

/** A session, and an IG that answers what it is told to, in turn. */
export interface ScriptedSession {
  readonly clock: ManualClock
  readonly events: readonly SdkEvent[]
  /** The calls as they came, and their bodies. */
  readonly asked: readonly string[]
  readonly bodies: readonly unknown[]
  next(answer: Answer): void
  /** Of version 2. */
  withTokens(): IgSession
  /** Of version 3; its token ends after a minute. */
  withBearer(): IgSession
}

export function scriptedSession(): ScriptedSession {
  const clock = manualClock()
  const events: SdkEvent[] = []
  const asked: string[] = []
  const bodies: unknown[] = []
  const answers: Answer[] = []

  function open(version: 2 | 3, auth: Auth): IgSession {
    const plan: SignInPlan = {
      credentials: { apiKey: 'canary-key', identifier: 'canary-name', password: 'canary-password' },
      version,
      encryptPassword: 'when-required',
      wanted: null,
    }
    const signedIn: SignedIn = { auth, accountId: HOME, streamServer: 'https://stream', utcOffsetHours: 1 }
    const ports = {
      signIn: {
        async send(call: { route: { method: string }; path: string; body?: string }, headers: Record<string, string>) {
          const account = headers['IG-ACCOUNT-ID'] ?? ''
          asked.push(`${call.route.method} ${call.path} v${headers.Version} ${account}`.trim())
          bodies.push(call.body === undefined ? undefined : JSON.parse(call.body))
          const answer = answers.shift()
          if (answer === undefined) throw new Error(`no answer for ${asked.at(-1)}`)
          if (answer instanceof Error) throw answer
          return answer
        },
        monotonicMs: () => clock.monotonicMs(),
      },
      clock,
      random: seededRandom(1),
      tell: (event: SdkEvent) => void events.push(event),
    }
    return new IgSession(ports, plan, signedIn)
  }

  return {
    clock,
    events,
    asked,
    bodies,
    next: answer => void answers.push(answer),
    withTokens: () => open(2, { kind: 'tokens', client: 'cst-1', account: 'xst-of-cst-1' }),
    withBearer() {
      const life = { expiresAtMs: 60_000, lifeMs: 60_000 }
      return open(3, { kind: 'bearer', access: 'at-1', refresh: 'rt-1', accountId: HOME, ...life })
    },
  }
}

export function ok(body: unknown, headers: Record<string, string> = {}): HttpResponse {
  return { status: 200, headers: new Map(Object.entries(headers)), body: JSON.stringify(body) }
}

export function no(status: number, errorCode: string): HttpResponse {
  return { status, headers: new Map(), body: JSON.stringify({ errorCode }) }
}

const SESSION = { lightstreamerEndpoint: 'https://stream', timezoneOffset: 1 }

/** The answer to a sign-in of version 2. */
export function session(client: string): HttpResponse {
  const accounts = [{ accountId: 'ABC12' }, { accountId: 'ABC13' }]
  const headers = { cst: client, 'x-security-token': `xst-of-${client}` }
  return ok({ ...SESSION, currentAccountId: 'ABC12', accounts }, headers)
}

/** The answer to a sign-in of version 3. */
export function bearerSession(access: string, refresh: string): HttpResponse {
  return ok({ ...SESSION, accountId: 'ABC12', oauthToken: token(access, refresh) })
}

export function token(access: string, refresh: string) {
  return { access_token: access, refresh_token: refresh, expires_in: '60' }
}

export function lost(): TransportError {
  return new TransportError('no-answer', 'expected an answer, but got none; try again')
}

export function clientOf(auth: Auth): string {
  return auth.kind === 'tokens' ? auth.client : auth.access
}

/** Lets what was promised be done. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
}
