import type { Environment } from './credential.ts'
import type { Place } from './entry-name.ts'

/** The one key of every mock broker, and of nobody at IG. */
const MOCK_KEY = 'mock-api-key'

/**
 * A login that cannot belong where it would be sent, as far as that shows before it is sent; null when it may be tried.
 * Which environment one of IG's own keys is for does not show: IG tells.
 */
export function misplacedKey({ environment, host }: Place, apiKey: string): string | null {
  if (apiKey === MOCK_KEY && host === null)
    return `expected an API key of IG's ${environment} environment, but this one is the mock broker's; nothing was sent. ${WHERE_KEYS_ARE[environment]}`
  if (apiKey !== MOCK_KEY && environment === 'mock')
    return "expected the mock broker's own API key, mock-api-key, but this is another one; nothing was sent. If it is one of IG's, log in with --env demo or --env live"
  return null
}

const WHERE_KEYS_ARE: Readonly<Record<Environment, string>> = {
  mock: 'The mock broker prints its own when it starts',
  demo: 'IG makes one for demo under My account, Settings, API keys, in the demo site',
  live: 'IG makes one for live under My account, Settings, API keys, in the live site',
}

/**
 * What a refusal says about where the login belongs; null when it says nothing about that.
 * Source: IG Labs, REST API reference, error list of every page.
 */
export function refusalWords({ environment }: Place, code: string): string | null {
  const other = environment === 'live' ? 'demo' : 'live'
  switch (code) {
    case 'error.security.api-key-invalid':
      return environment === 'mock'
        ? 'the mock broker takes no key but its own'
        : `each environment has keys of its own: if this one was made for ${other}, log in with --env ${other}, else make one for ${environment}. ${WHERE_KEYS_ARE[environment]}`
    case 'error.security.api-key-restricted':
    case 'unauthorised.clientId.api-key.mismatch':
      return 'the key belongs to another user: take one that this user made'
    case 'error.security.invalid-details':
      return environment === 'mock'
        ? 'the mock broker prints its user and password when it starts'
        : `demo and live have passwords of their own: check that these are the ones of ${environment}. IG locks a login after several wrong ones, so nothing is tried again by itself`
    case 'error.security.too-many-failed-attempts':
      return `IG has locked this login for ${environment}: sign in on its website first`
    default:
      return null
  }
}
