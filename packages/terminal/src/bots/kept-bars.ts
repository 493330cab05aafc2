import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PastAsk, PastBar } from '@scalpdesk/bots/runner'
import { makeFolder } from '../session/journal-folder.ts'

/** Bars of the broker's history that were paid for with points once, by their market and length. */
export interface KeptBars {
  of(ask: PastAsk, decimals: number): readonly PastBar[]
  /** Those that are over. Never throws: a bot trades on where nothing can be kept. */
  keep(ask: PastAsk, decimals: number, bars: readonly PastBar[]): void
}

export function keptBars(folder: string): KeptBars {
  const fileOf = ({ epic, resolution }: PastAsk): string => join(folder, `${epic}-${resolution}.json`)
  return {
    of(ask, decimals) {
      try {
        const kept: unknown = JSON.parse(readFileSync(fileOf(ask), 'utf8'))
        return isKept(kept) && kept.decimals === decimals ? kept.bars : []
      } catch {
        return []
      }
    },
    keep(ask, decimals, bars) {
      const file = fileOf(ask)
      try {
        makeFolder(folder)
        // Of two bots at once the last one wins: each has written bars of the broker.
        writeFileSync(`${file}.${process.pid}`, JSON.stringify({ decimals, bars: bars.slice(-MOST_KEPT) }), {
          mode: 0o600,
        })
        renameSync(`${file}.${process.pid}`, file)
      } catch {}
    },
  }
}

function isKept(value: unknown): value is { readonly decimals: number; readonly bars: readonly PastBar[] } {
  if (typeof value !== 'object' || value === null || !('decimals' in value) || !('bars' in value)) return false
  return Array.isArray(value.bars) && value.bars.every(isBar)
}

function isBar(value: unknown): value is PastBar {
  if (typeof value !== 'object' || value === null) return false
  const bar: Partial<Record<string, unknown>> = { ...value }
  return FIGURES.every(name => Number.isFinite(bar[name]))
}

const FIGURES = ['startMs', 'openUnits', 'highUnits', 'lowUnits', 'closeUnits', 'ticks'] as const

/** Our choice: as many as a question may ask for at most. */
const MOST_KEPT = 10_000
