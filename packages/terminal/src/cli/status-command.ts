import { systemClock } from '@scalpdesk/sdk'
import type { Environment } from '../credentials/credential.ts'
import { CredentialError } from '../credentials/credential-store.ts'
import { storedEntries } from '../credentials/find-credential.ts'
import { type OpenStores, openStores } from '../credentials/open-stores.ts'
import { EXIT, type ExitError } from '../exit-status.ts'
import { asExit, signInAt } from './checked-login.ts'
import { type ChosenPlace, chosenPlace, placeView } from './chosen-place.ts'
import { commandVoice } from './command-voice.ts'
import { exitOf } from './credential-exit.ts'
import { foundLogin } from './found-login.ts'
import { homeFolder } from './home-folder.ts'
import { askKeyboard } from './keyboard-question.ts'
import { signedInDesk } from './running-guard.ts'
import { type SessionView, type StatusView, statusLines } from './status-view.ts'

export interface StatusOptions {
  readonly env: Environment
  /** Signs in to nothing. */
  readonly offline?: boolean
  readonly json?: boolean
}

/**
 * Says where this machine is signed in, with what, and what it can do. Signs in once to find out, unless told not to, or a desk of this
 * machine is signed in; what is known is told also when that fails.
 */
export async function runStatus({ env, offline = false, json = false }: StatusOptions): Promise<number> {
  const voice = commandVoice(json)
  const chosen = chosenPlace(env, process.env)
  const keyboard = await askKeyboard()
  const { prompt } = voice
  const stores = await openStores({
    variables: process.env,
    ask: prompt ? question => prompt.ask(question, 'hidden') : null,
    onNotice: voice.notice,
  })
  const { entries, failures } = await storedEntries(stores.all)
  let failure: ExitError | null = null
  let session: SessionView = { kind: 'signed-out', from: null }
  try {
    session = await sessionView(chosen, stores, offline)
  } catch (error) {
    failure = exitOf(error)
  } finally {
    stores.close()
    voice.close()
  }
  const view: StatusView = {
    environment: env,
    server: chosen.kind === 'broker' ? chosen.place.host : null,
    session,
    stored: entries.map(({ place, store }) => ({ ...placeView(place), store })),
    keychain:
      stores.keychain.kind === 'available' ? { state: 'available' } : { state: 'missing', why: stores.keychain.why },
    vault: vaultView(
      stores,
      entries.some(({ store }) => store === 'vault'),
      failures,
    ),
    keyboard,
    problem: failure?.message ?? null,
  }
  voice.result(view, statusLines(view))
  if (failure) throw failure
  return EXIT.done
}

function vaultView({ vault }: OpenStores, hasEntries: boolean, failures: readonly Error[]): StatusView['vault'] {
  const damage = failures.find(error => error instanceof CredentialError && error.code !== 'keychain-failed')
  if (damage) return { path: vault.path, state: 'unusable', why: damage.message }
  return { path: vault.path, state: hasEntries ? 'in use' : 'none' }
}

/** @throws what the broker or a store said */
async function sessionView(chosen: ChosenPlace, stores: OpenStores, isOffline: boolean): Promise<SessionView> {
  if (chosen.kind === 'embedded') return { kind: 'embedded' }
  const { place, address } = chosen
  if (isOffline) return { kind: 'not-asked' }
  const desk = await signedInDesk(homeFolder(), place)
  if (desk) return { kind: 'in-use', process: desk.pid, desk: desk.role, account: desk.account }
  const { credential, from } = await foundLogin(place, process.env, stores.all)
  const { ig, atMs, tookMs } = await signInAt(place, credential, address)
  const { id, name, currency, balance } = ig.account
  const ageMs = Math.max(0, systemClock.nowMs() - atMs)
  await ig.close().catch(error => {
    throw asExit(place, credential, error)
  })
  const funds = balance && {
    cash: balance.cash.toString(),
    deposit: balance.deposit.toString(),
    profitLoss: balance.profitLoss.toString(),
    available: balance.available.toString(),
  }
  const signedInAt = new Date(atMs).toISOString()
  return { kind: 'signed-in', from, account: { id, name, currency, funds }, signedInAt, ageMs, signInMs: tookMs }
}
