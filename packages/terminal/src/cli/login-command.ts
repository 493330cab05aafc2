import type { ListedAccount } from '@scalpdesk/sdk'
import { type Credential, credentialOf, type Environment, isAccountId } from '../credentials/credential.ts'
import { CredentialError, type CredentialStore, type StoreKind } from '../credentials/credential-store.ts'
import { keepOnly } from '../credentials/find-credential.ts'
import { type OpenStores, openStores } from '../credentials/open-stores.ts'
import { misplacedKey } from '../credentials/wrong-place.ts'
import { EXIT, ExitError } from '../exit-status.ts'
import { printable } from '../printable.ts'
import { asExit, type SignedInMoment, signInAt } from './checked-login.ts'
import { type ChosenPlace, chosenPlace, placeWords } from './chosen-place.ts'
import { type CommandVoice, commandVoice } from './command-voice.ts'
import { excerpt } from './flag-values.ts'
import { loginInput } from './login-input.ts'
import type { Prompt } from './prompt.ts'

export interface LoginOptions {
  readonly env: Environment
  readonly account?: string
  readonly store?: StoreKind
  readonly stdin?: boolean
  readonly json?: boolean
}

/** Asks for a login, checks it against the broker, and keeps it for later runs. Nothing is kept that the broker did not take. */
export async function runLogin(options: LoginOptions): Promise<number> {
  const voice = commandVoice(options.json ?? false)
  try {
    const chosen = chosenPlace(options.env, process.env)
    if (chosen.kind === 'embedded')
      throw new ExitError(
        EXIT.usage,
        'the mock broker inside needs no login; say --env demo or --env live, or name a mock broker elsewhere in SCALPDESK_URL',
      )
    checkAccount(options.account ?? process.env.SCALPDESK_ACCOUNT)
    await logIn(options, chosen, voice)
    return EXIT.done
  } finally {
    voice.close()
  }
}

export function checkAccount(account: string | undefined): void {
  if (!account || isAccountId(account)) return
  throw new ExitError(
    EXIT.usage,
    `expected an account id such as ABC12 in --account or SCALPDESK_ACCOUNT, but got ${excerpt(account)}; leave it out to choose one`,
  )
}

/** @returns what is kept now. @throws ExitError or CredentialError; nothing is kept then */
export async function logIn(
  options: Pick<LoginOptions, 'account' | 'store' | 'stdin'>,
  { place, address }: Extract<ChosenPlace, { kind: 'broker' }>,
  voice: CommandVoice,
): Promise<Credential> {
  const { prompt } = voice
  const { given, passphrase } = await loginInput(place, process.env, prompt, options.stdin ?? false)
  const misplaced = misplacedKey(place, given.apiKey)
  if (misplaced !== null) throw new ExitError(EXIT.refused, misplaced)
  const stores = await openStores({
    variables: process.env,
    ask: prompt && !options.stdin ? question => prompt.ask(question, 'hidden') : null,
    passphrase,
    onNotice: voice.notice,
  })
  try {
    // Before anything is sent: what IG took but nobody can keep would have to be typed again.
    const store = await chosenStore(stores, options.store, voice)
    const account = options.account ?? given.account
    const credential = credentialOf(place.environment, { ...given, account })
    const moment = await signInAt(place, credential, address)
    const { kept, accounts } = await withAccount(credential, moment, account === null ? prompt : null).catch(error => {
      throw asExit(place, credential, error)
    })
    const { removedFrom, failures } = await keepOnly(place, kept, store, stores.all)
    if (removedFrom.length > 0) voice.notice(`the older login in the ${removedFrom.join(' and ')} was removed`)
    for (const { message } of failures) voice.notice(`an older login may still be elsewhere: ${message}`)
    const used = accounts.find(({ id }) => id === (kept.account ?? moment.account.id)) ?? moment.account
    const where = store.kind === 'vault' ? `the vault ${stores.vault.path}` : 'the system keychain'
    voice.result(
      {
        environment: place.environment,
        server: place.host,
        account: accountView(used),
        accounts: accounts.map(accountView),
        store: store.kind,
      },
      [
        `Logged in to ${placeWords(place)} with the account ${accountWords(used)}.`,
        `The login is kept in ${where}; scalpdesk logout removes it.`,
      ],
    )
    return kept
  } finally {
    stores.close()
  }
}

/** The keychain where there is one, unless told otherwise. @throws CredentialError when it cannot be had or cannot be opened */
async function chosenStore(
  { keychain, vault, all }: OpenStores,
  wanted: StoreKind | undefined,
  voice: CommandVoice,
): Promise<CredentialStore> {
  const found = all.find(({ kind }) => kind === 'keychain')
  if (wanted === 'keychain' && !found)
    throw new CredentialError(
      'no-store',
      `expected a system keychain for --store keychain, but there is none: ${keychain.kind === 'missing' ? keychain.why : 'it is gone'}; leave --store out for the vault`,
    )
  if (wanted !== 'vault' && found) return found
  if (wanted === undefined && keychain.kind === 'missing')
    voice.notice(`there is no system keychain: ${keychain.why}. The login goes into the encrypted vault ${vault.path}`)
  await vault.unlock()
  return vault
}

/** Lets a person choose among several accounts, and makes sure that the broker lets us act on the choice. Signs out. */
async function withAccount(
  credential: Credential,
  { ig }: SignedInMoment,
  prompt: Prompt | null,
): Promise<{ readonly kept: Credential; readonly accounts: readonly ListedAccount[] }> {
  try {
    const accounts = await ig.accounts.list()
    if (!prompt || accounts.length < 2) return { kept: credential, accounts }
    const chosen = await askAccount(prompt, accounts, ig.account.id)
    if (chosen.id !== ig.account.id) await ig.session.switchAccount(chosen.id)
    return { kept: { ...credential, account: chosen.id }, accounts }
  } finally {
    await ig.close()
  }
}

async function askAccount(prompt: Prompt, accounts: readonly ListedAccount[], current: string): Promise<ListedAccount> {
  for (const [index, account] of accounts.entries()) prompt.say(`  ${index + 1}  ${accountWords(account)}`)
  for (;;) {
    const answer = (await prompt.ask(`Account, by number or id (Enter for ${printable(current)}): `, 'shown')).trim()
    const wanted = answer === '' ? current : answer
    const chosen = accounts.find(({ id }, index) => id === wanted || String(index + 1) === wanted)
    if (chosen) return chosen
    prompt.say(`There is no account ${excerpt(answer)}.`)
  }
}

function accountWords({ id, name, type, currency, isPreferred }: ListedAccount): string {
  const kind = typeof type === 'string' ? type : type.other
  const parts = [id, name, kind, currency, isPreferred ? 'preferred' : null].filter(
    part => part !== null && part !== '',
  )
  return printable(parts.join(' · '))
}

function accountView({ id, name, type, currency, isPreferred }: ListedAccount): Record<string, unknown> {
  return { id, name, type: typeof type === 'string' ? type : type.other, currency, isPreferred }
}
