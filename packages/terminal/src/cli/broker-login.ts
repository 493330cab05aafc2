import { type ConnectOptions, IgError } from '@scalpdesk/sdk'
import { EXIT, ExitError } from '../exit-status.ts'
import type { EmbeddedMock } from '../session/embedded-mock.ts'
import { excerpt } from './flag-values.ts'
import { refusalStatus, safeWords } from './safe-words.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** The broker that SCALPDESK_URL names; null when it is not set. @throws ExitError when it cannot be the address of one. */
export function otherBroker(environment: Environment): URL | null {
  const text = environment.SCALPDESK_URL
  if (!text) return null
  const url = URL.parse(text)
  const isWeb = url?.protocol === 'http:' || url?.protocol === 'https:'
  if (url && isWeb && isLoopback(url.hostname)) return url
  // Everything on the screen says MOCK: an address that could be a real broker's is not traded on.
  if (url && isWeb)
    throw new ExitError(
      EXIT.usage,
      `expected a mock broker on this machine in SCALPDESK_URL, but got the host ${excerpt(url.hostname)}; this version trades on nothing else`,
    )
  throw new ExitError(
    EXIT.usage,
    `expected an address such as http://127.0.0.1:8080/gateway/deal in SCALPDESK_URL, but got ${withoutLogin(text)}; correct it, or unset it for the mock broker inside`,
  )
}

/** RFC 5735 section 3 and RFC 4291 section 2.5.3. */
const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host)

/** A login may stand before the `@`: it is shown to nobody. */
function withoutLogin(text: string): string {
  return excerpt(text.includes('@') ? `…${text.slice(text.lastIndexOf('@'))}` : text)
}

/** How to sign in to the embedded mock broker, or to the one elsewhere: as the environment says, else as to a mock broker. */
export function loginAt(broker: URL | EmbeddedMock, environment: Environment): ConnectOptions {
  if (!(broker instanceof URL)) {
    const { url, apiKey, username, password } = broker
    return { environment: new URL(url), credentials: { apiKey, identifier: username, password } }
  }
  const { SCALPDESK_API_KEY, SCALPDESK_USERNAME, SCALPDESK_PASSWORD } = environment
  return {
    environment: broker,
    credentials: {
      apiKey: SCALPDESK_API_KEY ?? 'mock-api-key',
      identifier: SCALPDESK_USERNAME ?? 'mock',
      password: SCALPDESK_PASSWORD ?? 'mock',
    },
  }
}

/** What the broker or the SDK said, with the exit status that it means, and without what a rude server sends back. */
export function loginFailure(error: unknown): unknown {
  return error instanceof IgError ? new ExitError(refusalStatus(error), safeWords(error)) : error
}
