import type { Environment } from '../credentials/credential.ts'
import type { StoreKind } from '../credentials/credential-store.ts'
import type { HostHello } from '../host/host-message.ts'
import type { LoginOrigin } from './found-login.ts'
import type { KeyboardAbilities } from './keyboard-question.ts'

/** The document that `status --json` prints. */
export interface StatusView {
  readonly environment: Environment
  /** Host of the server that SCALPDESK_URL names in IG's place; null for IG itself, and for the mock broker inside. */
  readonly server: string | null
  readonly session: SessionView
  readonly stored: readonly {
    readonly environment: Environment
    readonly server: string | null
    readonly store: StoreKind
  }[]
  readonly keychain: { readonly state: 'available' } | { readonly state: 'missing'; readonly why: string }
  readonly vault:
    | { readonly path: string; readonly state: 'none' | 'in use' }
    | { readonly path: string; readonly state: 'unusable'; readonly why: string }
  readonly keyboard: KeyboardAbilities
  /** What stood in the way, as on stderr; null when nothing did. */
  readonly problem: string | null
}

export type SessionView =
  | { readonly kind: 'embedded' }
  | { readonly kind: 'not-asked' }
  | { readonly kind: 'signed-out'; readonly from: null }
  /** A desk of this machine is signed in: a sign-in beside it may end its session, and was not tried. */
  | { readonly kind: 'in-use'; readonly process: number; readonly desk: HostHello['role']; readonly account: string }
  | {
      readonly kind: 'signed-in'
      /** Where the login came from. */
      readonly from: LoginOrigin
      readonly account: {
        readonly id: string
        readonly name: string | null
        readonly currency: string
        /** Decimal texts in the account's currency; null where IG gives no figures. */
        readonly funds: Readonly<Record<'cash' | 'deposit' | 'profitLoss' | 'available', string>> | null
      }
      /** ISO 8601, UTC. */
      readonly signedInAt: string
      readonly ageMs: number
      /** How long the sign-in took. */
      readonly signInMs: number
    }

/** The same for people. */
export function statusLines(view: StatusView): readonly string[] {
  const { environment, server, session, stored, keychain, vault, keyboard } = view
  return [
    row('environment', server === null ? environment : `${environment} (at ${server})`),
    ...sessionLines(session),
    row('stored', stored.length === 0 ? 'nothing' : stored.map(entryWords).join(', ')),
    row('keychain', keychain.state === 'available' ? 'available' : `not available: ${keychain.why}`),
    row(
      'vault',
      vault.state === 'unusable'
        ? `unusable: ${vault.why}`
        : `${vault.state === 'none' ? 'empty' : 'in use'}, ${vault.path}`,
    ),
    row('keyboard', keyboardWords(keyboard)),
  ]
}

function sessionLines(session: SessionView): readonly string[] {
  switch (session.kind) {
    case 'embedded':
      return [row('session', 'the mock broker inside, which needs no login')]
    case 'not-asked':
      return [row('session', 'not asked for')]
    case 'signed-out':
      return [row('session', 'not signed in')]
    case 'in-use':
      return [
        row('account', session.account),
        row(
          'session',
          `of a ${session.desk} that runs (process ${session.process}); not signed in beside it, which may end its session`,
        ),
      ]
    case 'signed-in': {
      const { id, name, currency, funds } = session.account
      return [
        row('account', [id, name, currency].filter(part => part !== null).join(' · ')),
        row(
          'funds',
          funds
            ? `${funds.available} ${currency} available; cash ${funds.cash}, margin ${funds.deposit}, open profit ${funds.profitLoss}`
            : 'the broker gives no figures',
        ),
        row('session', `signed in at ${session.signedInAt} in ${session.signInMs} ms for this command, and out again`),
        row('login from', originWords(session.from)),
      ]
    }
    default:
      return unreachable(session)
  }
}

function originWords(from: LoginOrigin): string {
  switch (from) {
    case 'variables':
      return "the environment's variables"
    case 'built-in':
      return 'this program: the one of every mock broker'
    case 'keychain':
    case 'vault':
      return `the ${from}`
    default:
      return unreachable(from)
  }
}

function keyboardWords(keyboard: KeyboardAbilities): string {
  switch (keyboard.kind) {
    case 'kitty':
      return 'speaks the kitty protocol: bare Ctrl keys can trade'
    case 'legacy':
      return 'no kitty protocol: letters and Space trade, bare Ctrl keys do not'
    case 'unknown':
      return `not known: ${keyboard.why}`
    default:
      return unreachable(keyboard)
  }
}

function entryWords({ environment, server, store }: StatusView['stored'][number]): string {
  return `${server === null ? environment : `${environment} (at ${server})`} in the ${store}`
}

const row = (title: string, text: string): string => `${`${title}:`.padEnd(13)}${text}`

function unreachable(value: never): never {
  throw new Error(`expected every case to be handled, but met ${JSON.stringify(value)}`)
}
