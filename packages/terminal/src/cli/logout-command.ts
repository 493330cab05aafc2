import { ENVIRONMENTS, type Environment } from '../credentials/credential.ts'
import { type StoredEntry, storedEntries } from '../credentials/find-credential.ts'
import { openStores } from '../credentials/open-stores.ts'
import { EXIT, ExitError } from '../exit-status.ts'
import { placeView, placeWords } from './chosen-place.ts'
import { commandVoice } from './command-voice.ts'

export interface LogoutOptions {
  /** Null: every environment. */
  readonly env: Environment | null
  readonly json?: boolean
}

/** Removes stored logins from every store, the servers in IG's place included, and says from which. Asks for no passphrase. */
export async function runLogout({ env, json = false }: LogoutOptions): Promise<number> {
  const voice = commandVoice(json)
  const stores = await openStores({ variables: process.env, ask: null, onNotice: voice.notice })
  const { entries, failures } = await storedEntries(stores.all)
  const problems = failures.map(({ message }) => message)
  const removed: StoredEntry[] = []
  for (const entry of entries) {
    if (env !== null && entry.place.environment !== env) continue
    try {
      const store = stores.all.find(({ kind }) => kind === entry.store)
      if (await store?.remove(entry.place)) removed.push(entry)
    } catch (error) {
      problems.push((error as Error).message)
    }
  }
  stores.close()
  if (stores.keychain.kind === 'missing')
    voice.notice(`the system keychain was not looked into: ${stores.keychain.why}`)
  if (LOGIN_VARIABLES.some(name => process.env[name]))
    voice.notice(`${LOGIN_VARIABLES.filter(name => process.env[name]).join(', ')} are still set; unset them as well`)
  voice.result(
    { removed: removed.map(({ place, store }) => ({ ...placeView(place), store })) },
    removed.length > 0
      ? removed.map(({ place, store }) => `Removed the login for ${placeWords(place)} from the ${store}.`)
      : problems.length > 0
        ? []
        : [`No login was stored for ${(env === null ? ENVIRONMENTS : [env]).join(', ')}.`],
  )
  voice.close()
  if (problems.length > 0) throw new ExitError(EXIT.failed, problems.join('; '))
  return EXIT.done
}

const LOGIN_VARIABLES = ['SCALPDESK_API_KEY', 'SCALPDESK_USERNAME', 'SCALPDESK_PASSWORD'] as const
