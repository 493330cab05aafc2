import type { AllowanceView, ConnectOptions } from '@scalpdesk/sdk'
import { asExit, signInAt } from '../cli/checked-login.ts'
import { exitOf } from '../cli/credential-exit.ts'
import { foundLogin } from '../cli/found-login.ts'
import type { Place } from '../credentials/entry-name.ts'
import { storedEntries } from '../credentials/find-credential.ts'
import type { OpenStores } from '../credentials/open-stores.ts'
import type { Variables } from '../credentials/variables.ts'
import { EXIT, ExitError } from '../exit-status.ts'
import { type Finding, ok, problem, warning } from './finding.ts'

/** Where logins can be kept on this machine. */
export async function storeFindings(stores: OpenStores): Promise<readonly Finding[]> {
  const { entries, failures } = await storedEntries(stores.all)
  const keychain =
    stores.keychain.kind === 'available'
      ? ok('keychain', 'available')
      : ok('keychain', `none (${stores.keychain.why}): logins go into the encrypted vault`)
  const kept = entries.map(
    ({ place, store }) => `${place.environment}${place.host ? ' (elsewhere)' : ''} in the ${store}`,
  )
  return [
    keychain,
    ...failures.map(({ message }) => problem('logins', message, 'scalpdesk logout and scalpdesk login begin anew')),
    ...(failures.length > 0 ? [] : [ok('logins', kept.length === 0 ? 'none is kept' : kept.join(', '))]),
  ]
}

/** Signs in once, asks what is left of the allowances, and signs out. Names no account and no user. */
export async function sessionFindings(
  { place, address }: { readonly place: Place; readonly address: ConnectOptions['environment'] },
  variables: Variables,
  stores: OpenStores,
): Promise<readonly Finding[]> {
  const name = 'session'
  try {
    const { credential, from } = await foundLogin(place, variables, stores.all)
    const { ig, tookMs } = await signInAt(place, credential, address)
    const allowances = allowancesFinding(ig.allowances.view())
    await ig.close().catch(error => {
      throw asExit(place, credential, error)
    })
    return [
      ok(
        name,
        `signed in to ${place.environment} in ${tookMs} ms with the login of ${originWords(from)}, and out again`,
      ),
      allowances,
    ]
  } catch (error) {
    const { message, status } = exitOf(error)
    if (error instanceof ExitError && status === EXIT.refused && message.startsWith('not signed in'))
      return [warning(name, `not signed in to ${place.environment}`, `scalpdesk login --env ${place.environment}`)]
    return [problem(name, message, 'correct that; scalpdesk login asks for another login')]
  }
}

const originWords = (from: string): string =>
  from === 'variables' ? 'the variables' : from === 'built-in' ? 'this program' : `the ${from}`

/** As far as this connection knows: what other programs used up, the broker does not say. */
export function allowancesFinding({ origin, key, trading, data }: AllowanceView): Finding {
  const name = 'allowances'
  if (origin === 'off') return ok(name, 'none are kept')
  const parts = Object.entries({ key, trading, data }).flatMap(([what, { limit, used }]) =>
    limit === null ? [] : [`${what} ${limit - used} of ${limit} a minute`],
  )
  const isSpent = [key, trading, data].some(({ limit, used }) => limit !== null && used >= limit)
  const says = `left: ${parts.join(', ')}`
  return isSpent ? warning(name, says, 'wait a minute; another program may use the same key') : ok(name, says)
}
