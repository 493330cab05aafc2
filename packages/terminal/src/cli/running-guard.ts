import { systemClock } from '@scalpdesk/sdk'
import type { Place } from '../credentials/entry-name.ts'
import type { Variables } from '../credentials/variables.ts'
import { EXIT, ExitError } from '../exit-status.ts'
import { callHost, type HostClient, HostLost } from '../host/host-client.ts'
import { type HostHello, HostProblem } from '../host/host-message.ts'
import { socketsOf } from '../host/socket-path.ts'
import type { Environment } from '../session/arming.ts'
import type { MockFlags } from '../session/embedded-mock.ts'
import type { FoundSettings } from '../settings/read-settings.ts'
import { chosenPlace, placeWorld } from './chosen-place.ts'
import { givenMockFlag } from './mock-settings.ts'
import { wantedAccount } from './start-broker.ts'
import type { MarketOptions } from './start-markets.ts'

export interface GuardWanted {
  readonly environment: Environment
  readonly settings: Pick<FoundSettings, 'environment' | 'account'>
  readonly variables: Variables
  /** What `--account` says; else the variable or the settings. */
  readonly account?: string | null
}

/**
 * The guard of this place and account; null when none runs.
 * @throws ExitError when there are several and nothing says which
 */
export async function runningGuard(home: string, wanted: GuardWanted): Promise<HostClient | null> {
  const { environment, settings, variables } = wanted
  const chosen = chosenPlace(environment, variables)
  const world = chosen.kind === 'embedded' ? 'mock-embedded' : placeWorld(chosen.place)
  const paths = socketsOf(home, world)
  if (paths.length === 0) return null
  const ofSettings = settings.environment === environment ? settings.account : null
  // The variable is about a login, which the mock broker inside does not need.
  const given = chosen.kind === 'embedded' ? ofSettings : wantedAccount(variables, ofSettings)
  const account = wanted.account ?? given
  const address = chosen.kind === 'embedded' || !(chosen.address instanceof URL) ? null : chosen.address.href
  const isMeant = ({ role, environment: other, account: its, broker }: HostHello): boolean =>
    role === 'guard' &&
    other === environment &&
    (account === null || its === account) &&
    (chosen.kind === 'embedded' || broker === address)
  const found: HostClient[] = []
  for (const client of await desksAt(paths)) {
    if (isMeant(client.host)) found.push(client)
    else client.close()
  }
  const [only, ...more] = found
  if (more.length === 0) return only ?? null
  for (const client of found) client.close()
  const names = found.map(({ host }) => host.account).join(' or ')
  throw new ExitError(
    EXIT.usage,
    `expected one guard of ${environment}, but there are several; say which in SCALPDESK_ACCOUNT: ${names}`,
  )
}

/** Whoever listens at these sockets; one that does not answer says so where its journal is wanted. */
async function desksAt(paths: readonly string[]): Promise<readonly HostClient[]> {
  const found: HostClient[] = []
  for (const path of paths) {
    const client = await callHost(path, systemClock).catch(error => {
      if (error instanceof HostProblem || error instanceof HostLost) return null
      throw error
    })
    if (client) found.push(client)
  }
  return found
}

/** The desk of this user that is signed in to a place, whichever it is; null when none runs. A sign-in beside it may end its session. */
export async function signedInDesk(home: string, place: Place): Promise<HostHello | null> {
  const clients = await desksAt(socketsOf(home, placeWorld(place)))
  for (const client of clients) client.close()
  const desk = clients.find(({ host: { environment, broker } }) => {
    const host = broker === null ? null : new URL(broker).hostname
    return environment === place.environment && host === place.host
  })
  return desk?.host ?? null
}

/** Flags that would do nothing are refused: who gave them believes something that is not so. @throws ExitError */
export function refuseOwnFlags(options: MarketOptions & MockFlags, { pid }: HostHello): void {
  const own = (['epic', 'size', 'stop', 'limit'] as const).find(name => options[name] !== undefined)
  const flag = own ?? givenMockFlag(options)
  if (flag === null) return
  throw new ExitError(
    EXIT.usage,
    `--${flag} is for a desk of this screen's own, but a guard (process ${pid}) trades this account; leave it out to attach to it, or end it with scalpdesk guard stop`,
  )
}
