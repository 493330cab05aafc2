import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import type { MarketOptions } from '../cli/start-markets.ts'
import type { MockSettings } from '../session/embedded-mock.ts'

/** All that decides a session beside its keys; `session.json` of its folder. */
export interface SessionSpec {
  readonly version: 1
  /** That ran it. */
  readonly program: string
  /** Wall time at its beginning, whole epoch milliseconds. */
  readonly startMs: number
  /** IANA name: of the journal's days. */
  readonly zone: string
  readonly tape: { readonly file: string; readonly sha256: string }
  readonly mock: Omit<MockSettings, 'replay'>
  readonly markets: MarketOptions
}

/** @throws when it is none, or of a version that this program does not know. */
export function readSpec(text: string, file: string): SessionSpec {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new Error(`expected ${file} to be JSON, but ${(error as Error).message}; give the folder of a whole session`)
  }
  if (!isSpec(value))
    throw new Error(
      `expected ${file} to tell of a session, version 1, but it does not; give the folder of a session that this version ran`,
    )
  return value
}

function isSpec(value: unknown): value is SessionSpec {
  if (typeof value !== 'object' || value === null) return false
  const { version, program, startMs, zone, tape, mock, markets } = value as Record<string, unknown>
  const parts = [tape, mock, markets]
  if (version !== 1 || typeof program !== 'string' || typeof zone !== 'string') return false
  if (!Number.isSafeInteger(startMs) || !parts.every(part => typeof part === 'object' && part !== null)) return false
  const { file, sha256 } = tape as Record<string, unknown>
  return typeof file === 'string' && typeof sha256 === 'string'
}

/** SHA-256 of a file's bytes (FIPS 180-4). @throws when it cannot be read */
export function fileDigest(path: string): string {
  const digest = createHash('sha256')
  const chunk = new Uint8Array(CHUNK_BYTES)
  const file = openSync(path, 'r')
  try {
    for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk))
      digest.update(chunk.subarray(0, read))
  } finally {
    closeSync(file)
  }
  return digest.digest('hex')
}

const CHUNK_BYTES = 1024 * 1024
