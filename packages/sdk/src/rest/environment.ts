import { InvalidInputError } from '../errors.ts'
import type { ConnectOptions } from '../ig.ts'

/** Where the REST API is, without a closing slash. Source: IG Labs, REST trading API guide, "Base URLs". */
export function restBase(environment: ConnectOptions['environment']): URL {
  if (environment instanceof URL) return otherServer(environment)
  switch (environment) {
    case 'demo':
      return new URL('https://demo-api.ig.com/gateway/deal')
    case 'live':
      return new URL('https://api.ig.com/gateway/deal')
    default:
      throw new InvalidInputError(
        `expected 'demo', 'live' or a URL as the environment, but got ${JSON.stringify(environment)}; give an address as new URL(…)`,
      )
  }
}

function otherServer(url: URL): URL {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new InvalidInputError(`expected an http or https address, but got ${url.protocol}; give the REST base URL`)
  }
  if (url.username !== '' || url.password !== '') {
    throw new InvalidInputError('expected an address without a login in it, but got one; pass it as credentials')
  }
  return new URL(url.pathname.replace(/\/+$/, ''), url.origin)
}

/** Whether it is IG itself, also when its address was spelled out: its allowances hold there. */
export function isIgItself(base: URL): boolean {
  return base.hostname === 'ig.com' || base.hostname.endsWith('.ig.com')
}
