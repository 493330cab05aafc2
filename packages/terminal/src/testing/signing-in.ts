import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cashAccount, type MockBroker, startMockBroker } from '@scalpdesk/mock-broker'
import { Decimal } from '@scalpdesk/sdk'
import { openTerminal, type TerminalSession } from '@scalpdesk/testkit'
import { PROGRAM, ROOT } from './running-desk.ts'

/** A user whose password is a canary, with two accounts. */
export const USER = { username: 'canary_user', password: 'canary pä/ß+🙂"word' } as const
export const PASSPHRASE = 'canary passphrase'

export interface SignInHome {
  readonly home: string
  /** For a program that finds the mock broker in IG's place, and no keychain. */
  readonly env: Readonly<Record<string, string>>
  /** The same with the vault's passphrase in a file. */
  readonly envWithPassphrase: Readonly<Record<string, string>>
  readonly vault: string
}

/** A mock broker that knows the canary user. */
export function brokerWithUser(password: string = USER.password): Promise<MockBroker> {
  const money = new Decimal('5000')
  const accounts = [
    cashAccount(money, { id: 'FIRST1', name: 'Mine', currency: 'GBP' }),
    cashAccount(money, { id: 'OTHER2', name: 'Also mine', currency: 'EUR' }),
  ] as const
  return startMockBroker({ seed: 7, users: [{ username: USER.username, password, clientId: '1', accounts }] })
}

/** A home of its own, under a folder that may be searched whole. */
export function signInHome(url: string): SignInHome {
  const folder = mkdtempSync(join(tmpdir(), 'login-'))
  const home = join(folder, 'home')
  const passphraseFile = join(mkdtempSync(join(tmpdir(), 'passphrase-')), 'passphrase')
  writeFileSync(passphraseFile, `${PASSPHRASE}\n`)
  chmodSync(passphraseFile, 0o600)
  // The developer's own keychain is none of a test's business.
  const env = { HOME: folder, SCALPDESK_HOME: home, SCALPDESK_URL: url, SCALPDESK_KEYCHAIN: 'off' }
  return {
    home: folder,
    env,
    envWithPassphrase: { ...env, SCALPDESK_VAULT_PASSPHRASE_FILE: passphraseFile },
    vault: join(home, 'credentials.vault'),
  }
}

export function loginJson(changes: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({ apiKey: 'mock-api-key', ...USER, ...changes })
}

export interface TypedCommand extends TerminalSession, AsyncDisposable {}

/** The program on a pseudo-terminal; what the terminal's modes are afterwards stands on the screen when it has ended. */
export function typeCommand(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  options: { readonly kitty?: boolean } = {},
): TypedCommand {
  const session = openTerminal({
    command: '/bin/sh',
    // The shell must outlive the program to look at the terminal.
    args: ['-c', 'trap "" INT TERM HUP; "$@"; echo "status $?"; stty -a', 'sh', process.execPath, PROGRAM, ...args],
    columns: 200,
    rows: 60,
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? '', ...env },
    kitty: options.kitty ?? false,
  })
  return Object.assign(Object.create(session) as TerminalSession, {
    async [Symbol.asyncDispose]() {
      session.kill('SIGKILL')
      await session.exited
    },
  })
}

/** Every file under a folder, with its content. */
export function filesUnder(folder: string): readonly (readonly [name: string, content: Buffer])[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => [join(entry.parentPath, entry.name), readFileSync(join(entry.parentPath, entry.name))])
}
