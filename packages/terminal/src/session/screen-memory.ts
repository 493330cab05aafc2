import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { LAYOUT_NAMES, type LayoutName, TIME_FRAMES, type TimeFrame } from '../screen/view.ts'
import { writeWhole } from '../settings/whole-file.ts'

/** What the screen remembers from one session to the next. Nothing of it is a setting, and nothing of it is needed. */
export interface Remembered {
  readonly layout: LayoutName | null
  readonly timeFrame: TimeFrame | null
  /** Epic of the market that was looked at last. */
  readonly market: string | null
  /** The newest first. */
  readonly recent: readonly RecentMarket[]
  /** By epic: the chosen preset, and one of its sizes. */
  readonly chosen: Readonly<Record<string, { readonly preset: string; readonly sizeKey: number }>>
}

export interface RecentMarket {
  readonly epic: string
  readonly name: string
}

export const NOTHING_REMEMBERED: Remembered = { layout: null, timeFrame: null, market: null, recent: [], chosen: {} }

/** Our choices: as many as anybody looks through, and far more than a file of ours ever has. */
const RECENT_KEPT = 12
const LARGEST_FILE = 1_000_000

export const screenMemoryFile = (home: string): string => join(home, 'screen.json')

/** A file that is not there is nothing remembered; one that cannot be read is so too, and is told. */
export function recallScreen(file: string): { readonly remembered: Remembered; readonly problem: string | null } {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { remembered: NOTHING_REMEMBERED, problem: null }
    return nothing(file, (error as Error).message)
  }
  if (text.length > LARGEST_FILE) return nothing(file, 'it is far too large')
  try {
    const value: unknown = JSON.parse(text)
    if (!isObject(value)) return nothing(file, 'it holds no object')
    return { remembered: checked(value), problem: null }
  } catch {
    return nothing(file, 'it is no JSON')
  }
}

function nothing(file: string, why: string) {
  return { remembered: NOTHING_REMEMBERED, problem: `${file} could not be read (${why})` }
}

/** What is not what it should be is left out: it costs a choice, not a start. */
function checked({ layout, timeFrame, market, recent, chosen }: Readonly<Record<string, unknown>>): Remembered {
  return {
    layout: LAYOUT_NAMES.find(name => name === layout) ?? null,
    timeFrame: TIME_FRAMES.find(name => name === timeFrame) ?? null,
    market: isName(market) ? market : null,
    recent: (Array.isArray(recent) ? recent : []).filter(isRecent).slice(0, RECENT_KEPT),
    chosen: isObject(chosen) ? Object.fromEntries(Object.entries(chosen).flatMap(chosenEntry)) : {},
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isName = (value: unknown): value is string => typeof value === 'string' && value !== '' && value.length <= 100

const isRecent = (value: unknown): value is RecentMarket => isObject(value) && isName(value.epic) && isName(value.name)

function chosenEntry([epic, value]: readonly [string, unknown]) {
  if (!isName(epic) || !isObject(value) || !isName(value.preset)) return []
  const { preset, sizeKey } = value
  const isKey = typeof sizeKey === 'number' && Number.isInteger(sizeKey) && sizeKey >= 1 && sizeKey <= 9
  return isKey ? [[epic, { preset, sizeKey }] as const] : []
}

export function withRecent(remembered: Remembered, market: RecentMarket): Remembered {
  const others = remembered.recent.filter(({ epic }) => epic !== market.epic)
  return { ...remembered, market: market.epic, recent: [market, ...others].slice(0, RECENT_KEPT) }
}

/** @throws when the folder cannot be written; the file is as it was then */
export function rememberScreen(file: string, remembered: Remembered): void {
  writeWhole(file, `${JSON.stringify(remembered, null, 2)}\n`)
}
