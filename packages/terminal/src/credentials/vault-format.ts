import { createHash } from 'node:crypto'
import { isScryptCost, type ScryptCost } from './scrypt-cost.ts'

/**
 * The vault as text, one JSON object a line: a header, the sealed entries, an end. What can be told without the passphrase is
 * told here: whether it is whole, and whether somebody changed it without care.
 *
 *     {"scalpdesk":"credentials","version":1,"kdf":"scrypt","N":131072,"r":8,"p":1,"salt":"…","check":"…"}
 *     {"entry":"demo","nonce":"…","sealed":"…"}
 *     {"end":1,"sha256":"…"}
 */
export interface VaultText {
  readonly header: VaultHeader
  readonly entries: readonly SealedEntry[]
}

export interface VaultHeader {
  readonly cost: ScryptCost
  readonly salt: Uint8Array
  /** Proves the passphrase, and that nobody changed this header. */
  readonly check: Uint8Array
}

export interface SealedEntry {
  readonly name: string
  readonly nonce: Uint8Array
  /** Ciphertext, then the tag of GCM. */
  readonly sealed: Uint8Array
}

export type VaultReading =
  | { readonly kind: 'whole'; readonly vault: VaultText }
  | { readonly kind: 'truncated' }
  | { readonly kind: 'tampered'; readonly what: string }
  | { readonly kind: 'not-a-vault' }
  | { readonly kind: 'newer-vault'; readonly version: number }

export function readVaultText(text: string): VaultReading {
  if (!text.startsWith(MAGIC)) return MAGIC.startsWith(text) ? { kind: 'truncated' } : { kind: 'not-a-vault' }
  const version = Number(/^,"version":(\d{1,9}),/.exec(text.slice(MAGIC.length, MAGIC.length + 30))?.[1] ?? VERSION)
  if (version > VERSION) return { kind: 'newer-vault', version }
  const lastLine = text.lastIndexOf('\n', text.length - 2) + 1
  const end = /^\{"end":(\d{1,4}),"sha256":"([0-9a-f]{64})"\}\n$/.exec(text.slice(lastLine))
  // The end is written last: a file without a whole one was cut off.
  if (!end) return /\n\{"end":[^\n]*\n/.test(text) ? changed('its end') : { kind: 'truncated' }
  const covered = text.slice(0, lastLine)
  if (sha256(covered) !== end[2]) return changed('a part of it')
  const [first = '', ...rest] = covered.split('\n').slice(0, -1)
  const header = readHeader(first)
  const entries = rest.map(readEntry).filter(entry => entry !== null)
  if (header === null) return changed('its header')
  if (entries.length !== rest.length || entries.length !== Number(end[1])) return changed('one of its entries')
  if (new Set(entries.map(({ name }) => name)).size !== entries.length) return changed('one of its entries')
  return { kind: 'whole', vault: { header, entries } }
}

export function vaultText({ header, entries }: VaultText): string {
  const check = base64(header.check)
  const lines = [
    `${headerWords(header).slice(0, -1)},"check":"${check}"}`,
    ...entries.map(({ name, nonce, sealed }) =>
      JSON.stringify({ entry: name, nonce: base64(nonce), sealed: base64(sealed) }),
    ),
  ]
  const covered = `${lines.join('\n')}\n`
  return `${covered}{"end":${entries.length},"sha256":"${sha256(covered)}"}\n`
}

/** What the check of the header and each entry's seal cover of it: everything but the check. */
export function headerWords({ cost, salt }: Omit<VaultHeader, 'check'>): string {
  return `${MAGIC},"version":${VERSION},"kdf":"scrypt","N":${cost.N},"r":${cost.r},"p":${cost.p},"salt":"${base64(salt)}"}`
}

const MAGIC = '{"scalpdesk":"credentials"'
const VERSION = 1
const SALT_BYTES = 32
const CHECK_BYTES = 32
/** NIST SP 800-38D, section 5.2.1.1. */
const NONCE_BYTES = 12
const TAG_BYTES = 16

function readHeader(line: string): VaultHeader | null {
  const { N, r, p, salt, check } = fields(line)
  const cost = { N: Number(N), r: Number(r), p: Number(p) }
  const header = { cost, salt: bytes(salt), check: bytes(check) }
  if (!isScryptCost(cost) || header.salt.length !== SALT_BYTES || header.check.length !== CHECK_BYTES) return null
  // Only the one spelling: whatever else the line says would be covered by nothing.
  return `${headerWords(header).slice(0, -1)},"check":"${base64(header.check)}"}` === line ? header : null
}

function readEntry(line: string): SealedEntry | null {
  const { entry, nonce, sealed } = fields(line)
  if (typeof entry !== 'string' || entry.length > 300) return null
  const read = { name: entry, nonce: bytes(nonce), sealed: bytes(sealed) }
  return read.nonce.length === NONCE_BYTES && read.sealed.length > TAG_BYTES ? read : null
}

function fields(line: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

const changed = (what: string): VaultReading => ({ kind: 'tampered', what })
const base64 = (value: Uint8Array): string => Buffer.from(value).toString('base64')
const bytes = (value: unknown): Uint8Array => Buffer.from(typeof value === 'string' ? value : '', 'base64')
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
