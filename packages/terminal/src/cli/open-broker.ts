import { type ConnectOptions, type Ig, RefusedError, systemClock } from '@scalpdesk/sdk'
import type { Credential, Environment } from '../credentials/credential.ts'
import type { Place } from '../credentials/entry-name.ts'
import { openStores } from '../credentials/open-stores.ts'
import { fromVariables } from '../credentials/variables.ts'
import { EXIT, ExitError } from '../exit-status.ts'
import { callHost } from '../host/host-client.ts'
import { HostProblem } from '../host/host-message.ts'
import { socketsOf } from '../host/socket-path.ts'
import { asExit, signInAt } from './checked-login.ts'
import { chosenPlace, placeWorld } from './chosen-place.ts'
import type { CommandContext } from './command-context.ts'
import { exitOf } from './credential-exit.ts'
import { foundLogin } from './found-login.ts'

/** A signed-in broker, for one command. */
export interface OpenedBroker {
  readonly ig: Ig
  readonly environment: Environment
  /** In which journal its desk writes. */
  readonly world: string
  /** Of a server in IG's place; null for IG itself. */
  readonly address: string | null
  /** What a call of it said, with the status that it means and without anything of the login. */
  failure(error: unknown): unknown
  close(): Promise<void>
}

/**
 * `prices`: the mock broker inside has some as well · `account`: of one that stays when the command ends
 */
export type BrokerNeed = 'prices' | 'account'

/** Signs in for a command. @throws ExitError in words, when there is no login or the broker does not take it */
export async function openBroker(context: CommandContext, need: BrokerNeed): Promise<OpenedBroker> {
  const { environment, variables } = context
  const chosen = chosenPlace(environment, variables)
  if (chosen.kind === 'embedded') return openEmbedded(context, need)
  const { place, address } = chosen
  const credential = await credentialFor(place, context)
  return signedIn({ place, credential, address, world: placeWorld(place), close: null })
}

interface Access {
  readonly place: Place
  readonly credential: Credential
  readonly address: ConnectOptions['environment']
  readonly world: string
  readonly close: (() => Promise<void>) | null
}

async function signedIn({ place, credential, address, world, close }: Access): Promise<OpenedBroker> {
  const { ig } = await signInAt(place, credential, address).catch(async error => {
    await close?.()
    throw error
  })
  return {
    ig,
    environment: place.environment,
    world,
    address: address instanceof URL ? address.href : null,
    failure: error => (isUnknownEpic(error) ? unknownMarket(error) : asExit(place, credential, error)),
    async close() {
      await withinGoodbye(ig.close())
      await close?.()
    },
  }
}

/** IG Labs, REST API reference, "Markets". */
const isUnknownEpic = (error: unknown): error is RefusedError =>
  error instanceof RefusedError && error.code.includes('epic')

function unknownMarket({ request }: RefusedError): ExitError {
  const name = decodeURIComponent(request?.path.split('/').at(-1) ?? 'that')
  return new ExitError(
    EXIT.usage,
    `expected the epic of a market, but the broker knows none called ${name}; scalpdesk markets TEXT finds one`,
  )
}

/** The stores are asked only where nothing else says it: a keychain takes its time. */
async function credentialFor(place: Place, { account, variables }: CommandContext): Promise<Credential> {
  const reading = fromVariables(place.environment, variables)
  if (reading.kind === 'whole') return withAccount(reading.credential, account)
  const stores = await openStores({ variables, ask: null, onNotice: () => {} })
  try {
    return withAccount((await foundLogin(place, variables, stores.all)).credential, account)
  } catch (error) {
    throw exitOf(error)
  } finally {
    stores.close()
  }
}

const withAccount = (credential: Credential, account: string | null): Credential =>
  account === null ? credential : { ...credential, account }

/** The mock broker of a screen that runs; else one of this command's own, where that is of any use. */
async function openEmbedded(context: CommandContext, need: BrokerNeed): Promise<OpenedBroker> {
  const placeAt = (url: string): Place => ({ environment: 'mock', host: new URL(url).hostname })
  const running = await runningMock(context.home)
  const { credentialOf } = await import('../credentials/credential.ts')
  const login = { apiKey: 'mock-api-key', username: 'mock', password: 'mock', account: context.account }
  if (running !== null)
    return signedIn({
      place: placeAt(running),
      credential: credentialOf('mock', login),
      address: new URL(running),
      world: 'mock-embedded',
      close: null,
    })
  if (need === 'account')
    throw new ExitError(
      EXIT.usage,
      'expected a broker that stays when this command ends, but there is only the mock broker inside, and no screen runs with it; start scalpdesk in another terminal, or scalpdesk mock --port 8080 and set SCALPDESK_URL=http://127.0.0.1:8080/gateway/deal, or say --env demo',
    )
  const { startEmbeddedMock } = await import('../session/embedded-mock.ts')
  const mock = await startEmbeddedMock({}, new URL('./mock-worker.js', import.meta.url))
  const { url, apiKey, username, password } = mock
  const credential = credentialOf('mock', { apiKey, username, password, account: context.account })
  return signedIn({ place: placeAt(url), credential, address: new URL(url), world: 'mock-embedded', close: mock.close })
}

/** The address of the mock broker inside a screen of this user; null when none runs. */
async function runningMock(home: string): Promise<string | null> {
  for (const path of socketsOf(home, 'mock-embedded')) {
    const client = await callHost(path, systemClock).catch(error => {
      if (error instanceof HostProblem) return null
      throw error
    })
    if (!client) continue
    client.close()
    if (client.host.broker !== null) return client.host.broker
  }
  return null
}

/** Longest wait for the broker when leaving: our choice, well above a round trip. */
const GOODBYE_MS = 3_000

function withinGoodbye(closed: Promise<void>): Promise<void> {
  const { promise: timedOut, resolve } = Promise.withResolvers<void>()
  const timer = systemClock.at(systemClock.monotonicMs() + GOODBYE_MS, resolve)
  return Promise.race([closed.catch(() => {}).finally(timer.cancel), timedOut])
}
