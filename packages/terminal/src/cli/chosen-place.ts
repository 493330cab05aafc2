import type { ConnectOptions } from '@scalpdesk/sdk'
import type { Environment } from '../credentials/credential.ts'
import type { Place } from '../credentials/entry-name.ts'
import type { Variables } from '../credentials/variables.ts'
import { EXIT, ExitError } from '../exit-status.ts'
import { otherBroker } from './broker-login.ts'
import { excerpt } from './flag-values.ts'

/** A broker that one signs in to; or the mock broker inside, which needs no login. */
export type ChosenPlace =
  | { readonly kind: 'broker'; readonly place: Place; readonly address: ConnectOptions['environment'] }
  | { readonly kind: 'embedded' }

/**
 * Which broker an environment and SCALPDESK_URL mean together.
 * @throws ExitError when they cannot be meant together, or a password would travel in the clear
 */
export function chosenPlace(environment: Environment, variables: Variables): ChosenPlace {
  const text = variables.SCALPDESK_URL
  if (environment === 'mock') {
    const mock = otherBroker(variables)
    return mock ? broker(environment, mock) : { kind: 'embedded' }
  }
  if (!text) return { kind: 'broker', place: { environment, host: null }, address: environment }
  const url = withoutRootDot(URL.parse(text))
  if (!url || !/^https?:$/.test(url.protocol))
    throw new ExitError(
      EXIT.usage,
      `expected a web address in SCALPDESK_URL, but got something else; correct it, or unset it for IG's ${environment} environment`,
    )
  if (url.username !== '' || url.password !== '')
    throw new ExitError(EXIT.usage, 'expected SCALPDESK_URL without a login in it, but it has one; take it out')
  if (url.protocol === 'http:' && !isLoopback(url.hostname))
    throw new ExitError(
      EXIT.usage,
      `expected https in SCALPDESK_URL, because the password would cross the network readable, but got http to ${excerpt(url.hostname)}; correct it`,
    )
  const meant = IG_HOSTS[url.hostname]
  if (meant !== undefined && meant !== environment)
    throw new ExitError(
      EXIT.usage,
      `expected SCALPDESK_URL to go with --env ${environment}, but it is the address of IG's ${meant} environment; unset it, or say --env ${meant}`,
    )
  if (meant !== undefined) return { kind: 'broker', place: { environment, host: null }, address: environment }
  return broker(environment, url)
}

/** `api.ig.com.` is `api.ig.com`: one server must not pass for another, nor have a second journal. RFC 1034 section 3.1. */
function withoutRootDot(url: URL | null): URL | null {
  if (url) url.hostname = url.hostname.replace(/\.$/, '')
  return url
}

function broker(environment: Environment, url: URL): ChosenPlace {
  return { kind: 'broker', place: { environment, host: url.hostname }, address: url }
}

/** IG Labs, REST trading API guide, "Base URLs". */
const IG_HOSTS: Readonly<Record<string, Environment>> = { 'api.ig.com': 'live', 'demo-api.ig.com': 'demo' }

/** RFC 5735 section 3 and RFC 4291 section 2.5.3. */
const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host)

/**
 * In which journal a desk writes, and where it listens: a server in IG's place is a world of its own. The mock broker inside, which
 * is a new one each time, is `mock-embedded`.
 */
export function placeWorld({ environment, host }: Place): string {
  if (environment === 'mock' || host === null) return environment
  // However this machine is called.
  const name = host === 'localhost' || host === '[::1]' ? '127.0.0.1' : host
  return `${environment}-at-${name.replaceAll(/[^\w-]/g, '-')}`
}

/** For people: `demo`, or `demo, at 127.0.0.1 in IG's place`. */
export function placeWords({ environment, host }: Place): string {
  return host === null ? environment : `${environment} (at ${host})`
}

/** For scripts. */
export function placeView({ environment, host }: Place): {
  readonly environment: Environment
  readonly server: string | null
} {
  return { environment, server: host }
}
