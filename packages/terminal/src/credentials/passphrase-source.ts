import { CredentialError } from './credential-store.ts'
import { passphraseBytes, passphraseFrom, SHORTEST_PASSPHRASE } from './passphrase-file.ts'
import type { PassphraseSource } from './vault-store.ts'

export interface PassphrasePorts {
  /** What SCALPDESK_VAULT_PASSPHRASE_FILE names. */
  readonly file: string | undefined
  /** Given with the login itself. */
  readonly given: string | undefined
  /** Asks a person without showing what is typed; null when nobody is there. */
  readonly ask: ((question: string) => Promise<string>) | null
}

/** Asked for only when it is needed, and the file before the person. */
export function passphraseSource({ file, given, ask }: PassphrasePorts): PassphraseSource {
  const known = given !== undefined ? () => passphraseBytes(given) : file ? () => passphraseFrom(file) : null
  return {
    async existing(attempt) {
      if (attempt > (known ? 1 : ATTEMPTS))
        throw new CredentialError(
          'wrong-passphrase',
          'expected the passphrase of the vault, but this is another one, or the head of the file was changed; without it what is inside is lost: log out and in again to begin a new vault',
        )
      if (known) return known()
      if (!ask) throw nobodyToAsk()
      return passphraseBytes(
        await ask(attempt === 1 ? 'Passphrase of the vault: ' : 'That was another one. Passphrase: '),
      )
    },
    async fresh() {
      if (known) return longEnough(known())
      if (!ask) throw nobodyToAsk()
      let question = `A passphrase for the new vault (at least ${SHORTEST_PASSPHRASE} characters): `
      for (;;) {
        const first = await ask(question)
        if ([...first].length < SHORTEST_PASSPHRASE) question = 'Too short. A passphrase for the new vault: '
        else if ((await ask('The same once more: ')) !== first)
          question = 'They differ. A passphrase for the new vault: '
        else return passphraseBytes(first)
      }
    },
  }
}

const ATTEMPTS = 3

function longEnough(passphrase: Uint8Array): Uint8Array {
  if ([...new TextDecoder().decode(passphrase)].length >= SHORTEST_PASSPHRASE) return passphrase
  throw new CredentialError(
    'no-passphrase',
    `expected a passphrase of at least ${SHORTEST_PASSPHRASE} characters for the vault, but it is shorter; choose a longer one`,
  )
}

function nobodyToAsk(): CredentialError {
  return new CredentialError(
    'no-passphrase',
    "expected the passphrase of the vault, but there is no terminal to ask on; put it into a file that only you can read and name that in SCALPDESK_VAULT_PASSPHRASE_FILE, or give the login in the environment's variables",
  )
}
