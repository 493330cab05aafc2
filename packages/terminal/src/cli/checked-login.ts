import { type Account, accountId, type ConnectOptions, connectIg, type Ig, IgError, systemClock } from '@scalpdesk/sdk'
import type { Credential } from '../credentials/credential.ts'
import type { Place } from '../credentials/entry-name.ts'
import { misplacedKey, refusalWords } from '../credentials/wrong-place.ts'
import { EXIT, ExitError } from '../exit-status.ts'
import { refusalStatus, safeWords } from './safe-words.ts'

/** How to sign in with a credential. */
export function connectOptions(credential: Credential, address: ConnectOptions['environment']): ConnectOptions {
  const { apiKey, username, password, account } = credential
  return {
    environment: address,
    credentials: { apiKey: apiKey.reveal(), identifier: username, password: password.reveal() },
    ...(account !== null && { accountId: accountId(account) }),
  }
}

export interface SignedInMoment {
  readonly ig: Ig
  readonly account: Account
  /** Wall time, when IG had let us in. */
  readonly atMs: number
  readonly tookMs: number
}

/** Signs in once; a refusal is not tried again. @throws ExitError in words that fit the place */
export async function signInAt(
  place: Place,
  credential: Credential,
  address: ConnectOptions['environment'],
): Promise<SignedInMoment> {
  const misplaced = misplacedKey(place, credential.apiKey.reveal())
  if (misplaced !== null) throw new ExitError(EXIT.refused, misplaced)
  const startMs = systemClock.monotonicMs()
  // A command sends one order or none.
  const once = { clock: systemClock, rehearsal: 'none' } as const
  const ig = await connectIg({ ...connectOptions(credential, address), ...once }).catch(error => {
    throw asExit(place, credential, error)
  })
  return { ig, account: ig.account, atMs: systemClock.nowMs(), tookMs: Math.round(systemClock.monotonicMs() - startMs) }
}

/** What the broker or the network said, without anything of the login in it. */
export function asExit(place: Place, credential: Credential, error: unknown): unknown {
  if (!(error instanceof IgError)) return error
  const said = withoutSecrets(credential, safeWords(error))
  const more = refusalWords(place, error.code)
  return new ExitError(refusalStatus(error), more === null ? said : `${said}: ${more}`)
}

/** A rude server may send back what it was sent. A short one would only be found in words that mean something else. */
function withoutSecrets({ apiKey, password }: Credential, words: string): string {
  return [apiKey, password].reduce((text, secret) => {
    const hidden = secret.reveal()
    return hidden.length < 6 ? text : text.replaceAll(hidden, String(secret))
  }, words)
}
