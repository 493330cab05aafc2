import { readFileSync, statSync } from 'node:fs'
import { systemCode } from '../session/journal-error.ts'
import { CredentialError } from './credential-store.ts'

/**
 * The vault's passphrase from the file that SCALPDESK_VAULT_PASSPHRASE_FILE names, for programs that start without a person. Its
 * first line counts.
 * @throws CredentialError also when others may read the file
 */
export function passphraseFrom(path: string): Uint8Array {
  const expected = `expected the vault's passphrase in ${path}`
  const advice = 'correct SCALPDESK_VAULT_PASSPHRASE_FILE, or unset it to be asked'
  let text: string
  try {
    const found = statSync(path)
    if (process.platform !== 'win32' && (found.mode & 0o077) !== 0)
      throw new CredentialError('no-passphrase', `${expected}, but others may read that file; run chmod 600 on it`)
    if (!found.isFile() && !found.isFIFO())
      throw new CredentialError('no-passphrase', `${expected}, but it is no file; ${advice}`)
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof CredentialError) throw error
    throw new CredentialError(
      'no-passphrase',
      `${expected}, but the system says ${systemCode(error) ?? 'no'}; ${advice}`,
    )
  }
  const line = /^[^\r\n]*/.exec(text)?.[0] ?? ''
  if (line === '') throw new CredentialError('no-passphrase', `${expected}, but its first line is empty; ${advice}`)
  return passphraseBytes(line)
}

/** The same bytes from every keyboard, however it composes letters. Source: RFC 8265, section 4.2.2 (NFC). */
export function passphraseBytes(text: string): Uint8Array {
  return Buffer.from(text.normalize('NFC'))
}

/** Characters; our choice, after NIST SP 800-63B, section 5.1.1.2 (at least 8). */
export const SHORTEST_PASSPHRASE = 8
