import { createHash } from 'node:crypto'
import { type ChainHead, chainedLine, type Digest, GENESIS } from '../chain.ts'
import type { JournalRecord } from '../record.ts'

export const sha256: Digest = text => createHash('sha256').update(text).digest('hex')

/** 5 January 2026, 09:00 UTC. */
export const MORNING_MS = Date.UTC(2026, 0, 5, 9)

/** The lines of a file as the journal writes them, one second apart, and where they end. */
export function written(
  records: readonly JournalRecord[],
  after: ChainHead = GENESIS,
): { readonly lines: readonly string[]; readonly head: ChainHead } {
  let head = after
  const lines = records.map((record, index) => {
    const next = chainedLine(record, head, { version: 1, wallMs: MORNING_MS + index * 1_000 }, sha256)
    head = next.head
    return next.line
  })
  return { lines, head }
}

export const fileOf = (lines: readonly string[]): Uint8Array =>
  new TextEncoder().encode(lines.map(l => `${l}\n`).join(''))

export const opened = (day = '2026-01-05', before: string | null = null): JournalRecord => ({
  kind: 'file-opened',
  atMs: 0,
  day,
  zone: 'Europe/Paris',
  before,
  carried: null,
})

export const announcedOpen = (id: string): Extract<JournalRecord, { kind: 'about-to-open' }> => ({
  kind: 'about-to-open',
  atMs: 12.5,
  id,
  epic: 'CS.D.EURUSD.CFD.IP',
  direction: 'BUY',
  size: '1.5',
  preset: 'scalp €',
  stopPoints: '10',
  limitPoints: null,
  trailing: null,
  isGuaranteed: false,
  seenLevel: '1.08123',
})

export const announcedClose = (id: string, dealId: string, size = '1.5', heldSize = '1.5'): JournalRecord => ({
  kind: 'about-to-close',
  atMs: 20,
  id,
  dealId,
  epic: 'CS.D.EURUSD.CFD.IP',
  direction: 'SELL',
  size,
  heldSize,
})

export const filled = (id: string, dealId: string, profit: string | null = null): JournalRecord => ({
  kind: 'filled',
  atMs: 30,
  id,
  dealId,
  level: '1.08125',
  size: '1.5',
  profit,
  profitCurrency: profit === null ? null : 'EUR',
  by: 'stream',
})
