import { hash } from 'node:crypto'
import type { Digest } from '@scalpdesk/desk/journal'

/** SHA-256 (FIPS 180-4): nobody can change a record and keep its hash. */
export const sha256: Digest = text => hash('sha256', text, 'hex')
