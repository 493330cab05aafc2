import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { CredentialError } from './credential-store.ts'
import type { Keychain, KeychainAnswer, KeychainQuestion } from './keychain.ts'

export type KeychainState =
  | { readonly kind: 'available'; readonly keychain: Keychain }
  /** Why not, as the end of a sentence that begins with "there is no system keychain: ". */
  | { readonly kind: 'missing'; readonly why: string }

export interface KeychainOptions {
  /** The program of `keychain-process.ts`. */
  readonly program: URL
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly platform: string
  readonly clock: { monotonicMs(): number; at(dueMonotonicMs: number, run: () => void): { cancel(): void } }
  /** It waits for somebody to unlock it, probably on another window. */
  onWaiting(): void
}

/** The keychain of this user, found to be there by asking it what it holds. Never throws: without one there is the vault. */
export async function findKeychain(options: KeychainOptions): Promise<KeychainState> {
  // For those whose keychain cannot be unlocked from where they sit, such as over SSH.
  if (options.environment.SCALPDESK_KEYCHAIN === 'off') return { kind: 'missing', why: 'SCALPDESK_KEYCHAIN says off' }
  const answer = await ask(options, { ask: 'names' })
  switch (answer.kind) {
    case 'names':
      return { kind: 'available', keychain: keychainOver(question => ask(options, question)) }
    case 'failed':
      return { kind: 'missing', why: `the system says “${answer.words}”` }
    case 'missing':
      return { kind: 'missing', why: notLoaded(options.platform) }
    default:
      return { kind: 'missing', why: 'it gave an answer to something else' }
  }
}

function notLoaded(platform: string): string {
  return platform === 'linux'
    ? 'the addon for it cannot be loaded; it needs libsecret (libsecret-1-0 on Debian and Ubuntu)'
    : 'the addon for it is not installed or cannot be loaded'
}

function keychainOver(question: (asked: KeychainQuestion) => Promise<KeychainAnswer>): Keychain {
  return {
    async names() {
      const answer = await question({ ask: 'names' })
      return answer.kind === 'names' ? answer.names : failed(answer)
    },
    async get(name) {
      const answer = await question({ ask: 'get', name })
      return answer.kind === 'text' ? answer.text : failed(answer)
    },
    async set(name, text) {
      const answer = await question({ ask: 'set', name, text })
      if (answer.kind !== 'done') failed(answer)
    },
    async delete(name) {
      const answer = await question({ ask: 'delete', name })
      return answer.kind === 'done' ? answer.wasThere : failed(answer)
    },
  }
}

function failed(answer: KeychainAnswer): never {
  const words = answer.kind === 'failed' ? `it says “${answer.words}”` : 'it is gone'
  throw new CredentialError(
    'keychain-failed',
    `expected the system keychain to answer, but ${words}; unlock it, or use --store vault with SCALPDESK_KEYCHAIN=off`,
  )
}

/** Our choice: long enough to find the window that asks for the keychain's password, and to type it. */
const LONGEST_WAIT_MS = 60_000
const SAY_AFTER_MS = 1_500

function ask(options: KeychainOptions, question: KeychainQuestion): Promise<KeychainAnswer> {
  const { clock } = options
  return new Promise(resolve => {
    const helper = spawn(process.execPath, [fileURLToPath(options.program)], {
      env: withoutSecrets(options.environment),
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    const start = clock.monotonicMs()
    const timers = [
      clock.at(start + SAY_AFTER_MS, options.onWaiting),
      clock.at(start + LONGEST_WAIT_MS, () => helper.kill('SIGKILL')),
    ]
    // A Ctrl-C while it waits ends this program; the helper must not wait on.
    const endHelper = (): void => void helper.kill('SIGKILL')
    process.once('exit', endHelper)
    let said = ''
    helper.stdout.setEncoding('utf8').on('data', text => {
      said += text
    })
    function settle(answer: KeychainAnswer): void {
      process.off('exit', endHelper)
      for (const timer of timers) timer.cancel()
      resolve(answer)
    }
    helper.once('error', () => settle({ kind: 'missing' }))
    helper.once('close', (_status, signal) => settle(signal ? GAVE_UP : (read(said) ?? { kind: 'missing' })))
    // It may end before it has read: its answer says what there is to say.
    helper.stdin.on('error', () => {})
    helper.stdin.end(JSON.stringify(question))
  })
}

const GAVE_UP: KeychainAnswer = { kind: 'failed', words: 'no answer; it may be locked' }

/** What could not be read is not shown: it may hold a secret. */
function read(line: string): KeychainAnswer | null {
  try {
    return JSON.parse(line) as KeychainAnswer
  } catch {
    return null
  }
}

/** The helper needs the session's variables, but not those that hold a login. */
function withoutSecrets(environment: KeychainOptions['environment']): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !/^SCALPDESK_(API_KEY|USERNAME|PASSWORD)$/.test(name)),
  )
}
