/** How dear one try at a passphrase is. RFC 7914, section 2. */
export interface ScryptCost {
  readonly N: number
  readonly r: number
  readonly p: number
}

/**
 * 128 MiB and about half a second for each passphrase that is tried.
 * Source: OWASP, Password Storage Cheat Sheet, "scrypt": N = 2^17, r = 8, p = 1.
 */
export const SCRYPT_COST: ScryptCost = { N: 2 ** 17, r: 8, p: 1 }

/** Below it a passphrase is too quick to try, above it a made-up header could fill the memory (our choice). */
export function isScryptCost({ N, r, p }: ScryptCost): boolean {
  const isPowerOfTwo = Number.isInteger(Math.log2(N))
  return (
    isPowerOfTwo && N >= 2 ** 14 && N <= 2 ** 19 && Number.isInteger(r) && r >= 8 && r <= 16 && (p === 1 || p === 2)
  )
}
