import { accountId, type ConnectOptions, connectIg, type Ig, preloadIg, systemClock } from '@scalpdesk/sdk'
import { type Credential, type Environment, isAccountId } from '../credentials/credential.ts'
import type { Place } from '../credentials/entry-name.ts'
import type { Variables } from '../credentials/variables.ts'
import { misplacedKey } from '../credentials/wrong-place.ts'
import { EXIT, ExitError } from '../exit-status.ts'
import {
  type EarlyMock,
  type EmbeddedMock,
  type MockFlags,
  type MockSettings,
  startEmbeddedMock,
} from '../session/embedded-mock.ts'
import { loginAt, loginFailure } from './broker-login.ts'
import { asExit, connectOptions } from './checked-login.ts'
import { chosenPlace, placeWorld } from './chosen-place.ts'
import { exitOf } from './credential-exit.ts'
import { excerpt } from './flag-values.ts'
import { mockRefusal } from './mock-refusal.ts'
import { givenMockFlag } from './mock-settings.ts'
import { openPrompt } from './prompt.ts'

/** The broker that the screen will trade with, and how to sign in to it. Nothing was sent yet. */
export type StartBroker =
  | { readonly kind: 'embedded'; readonly account: string | null }
  | { readonly kind: 'mock'; readonly address: URL; readonly account: string | null }
  | {
      readonly kind: 'ig'
      readonly place: Place
      readonly address: ConnectOptions['environment']
      readonly credential: Credential
    }

/**
 * Finds the broker and the login; asks for the vault's passphrase where it is needed.
 * @param ofSettings the account that the settings name for this environment
 * @throws ExitError in words that fit the place
 */
export async function startBroker(
  environment: Environment,
  ofSettings: string | null,
  variables: Variables,
  aside: Aside,
  onNotice: (text: string) => void,
): Promise<StartBroker> {
  const chosen = chosenPlace(environment, variables)
  // The variable is about a login, which the one inside does not need.
  if (chosen.kind === 'embedded') return { kind: 'embedded', account: ofSettings }
  const account = wantedAccount(variables, ofSettings)
  const { place, address } = chosen
  if (place.environment === 'mock') {
    const key = variables.SCALPDESK_API_KEY?.trim()
    // What can be no key at all is refused as such, at the sign-in.
    const misplaced = key ? misplacedKey(place, key) : null
    if (misplaced !== null) throw new ExitError(EXIT.refused, misplaced)
    return { kind: 'mock', address: address as URL, account }
  }
  // The mock broker's screen needs nothing of them, and begins sooner without.
  const [{ openStores }, { foundLogin }] = await Promise.all([
    import('../credentials/open-stores.ts'),
    import('./found-login.ts'),
  ])
  const stores = await openStores({
    variables,
    ask: question => aside(() => askOnce(question)),
    onNotice,
  })
  try {
    const { credential } = await foundLogin(place, variables, stores.all).catch(error => {
      throw exitOf(error)
    })
    const misplaced = misplacedKey(place, credential.apiKey.reveal())
    if (misplaced !== null) throw new ExitError(EXIT.refused, misplaced)
    return { kind: 'ig', place, address, credential: { ...credential, account: account ?? credential.account } }
  } finally {
    stores.close()
  }
}

/** Gives the terminal to what asks something on it, for as long as it does. */
export type Aside = <Answer>(work: () => Promise<Answer>) => Promise<Answer>

async function askOnce(question: string): Promise<string> {
  const prompt = openPrompt(status => process.exit(status))
  if (!prompt) throw new ExitError(EXIT.refused, 'expected a terminal to ask for the passphrase on, but there is none')
  try {
    return await prompt.ask(question, 'hidden')
  } finally {
    prompt.close()
  }
}

/** The account that is to be acted on; null: the one of the login. @throws ExitError for what can be none */
export function wantedAccount(variables: Variables, ofSettings: string | null): string | null {
  const given = variables.SCALPDESK_ACCOUNT
  if (!given) return ofSettings
  if (isAccountId(given)) return given
  throw new ExitError(
    EXIT.usage,
    `expected an account id such as ABC12 in SCALPDESK_ACCOUNT, but got ${excerpt(given)}; correct it, or unset it`,
  )
}

export interface SignedInBroker {
  readonly ig: Ig
  /** Null for a broker that runs elsewhere. */
  readonly mock: EmbeddedMock | null
}

export interface SigningIn {
  readonly mock: MockSettings
  /** The mock broker inside, where it was started ahead with these settings. */
  readonly early: EarlyMock | null
  /** Takes what is to be closed, the last first. */
  readonly closers: (() => unknown)[]
  readonly signal: AbortSignal
  readonly timeZone: string | null
}

/** Starts the mock broker where it is the one inside, and signs in. @throws ExitError */
export async function signInTo(
  broker: StartBroker,
  { mock, early, closers, signal, timeZone }: SigningIn,
): Promise<SignedInBroker> {
  // What the SDK needs is loaded while the mock broker starts.
  const [inside] = await Promise.all([broker.kind === 'embedded' ? startMock(mock, early) : null, preloadIg()])
  if (inside) closers.push(inside.close)
  // The first frame comes before the first order: what makes that one fast comes behind it.
  const around = { clock: systemClock, signal, rehearsal: 'kept' as const, ...(timeZone !== null && { timeZone }) }
  const ig = await connectIg({ ...loginOf(broker, inside), ...around }).catch(error => {
    throw broker.kind === 'ig' ? asExit(broker.place, broker.credential, error) : loginFailure(error)
  })
  closers.push(ig.close)
  return { ig, mock: inside }
}

function loginOf(broker: StartBroker, inside: EmbeddedMock | null): ConnectOptions {
  if (broker.kind === 'ig') return connectOptions(broker.credential, broker.address)
  const at = broker.kind === 'mock' ? broker.address : inside
  if (!at) throw new Error('expected a broker to trade with, but there is none')
  return { ...loginAt(at, process.env), ...(broker.account !== null && { accountId: accountId(broker.account) }) }
}

function startMock(settings: MockSettings, early: EarlyMock | null): Promise<EmbeddedMock> {
  const started = early?.started ?? startEmbeddedMock(settings, new URL('./mock-worker.js', import.meta.url))
  return started.catch(error => {
    throw mockRefusal(error)
  })
}

/**
 * The folder of a broker's journals: a server in IG's place, and the mock broker inside, which is a new one each time, are worlds
 * of their own.
 */
export function journalWorld(broker: StartBroker): string {
  switch (broker.kind) {
    case 'embedded':
      return 'mock-embedded'
    case 'mock':
      return 'mock'
    case 'ig':
      return placeWorld(broker.place)
  }
}

/** Of a server in IG's place; null for IG itself. @param inside the mock broker inside, where there is one */
export function brokerAddress(broker: StartBroker, inside: Pick<EmbeddedMock, 'url'> | null): string | null {
  switch (broker.kind) {
    case 'embedded':
      return inside && new URL(inside.url).href
    case 'mock':
      return broker.address.href
    case 'ig':
      return broker.address instanceof URL ? broker.address.href : null
  }
}

/** Flags that would do nothing are refused: who gave them believes something that is not so. @throws ExitError */
export function refuseMockFlags(options: MockFlags, environment: Environment): void {
  const flag = givenMockFlag(options)
  if (flag === null) return
  const other = environment === 'mock' ? 'SCALPDESK_URL names another' : `this is ${environment}`
  throw new ExitError(EXIT.usage, `--${flag} drives the embedded mock broker, but ${other}; use one of them`)
}
