import type { DeskState } from '@scalpdesk/desk'
import type { DealId, Epic } from '@scalpdesk/sdk'
import type { KeyTable } from '../keys/key-table.ts'
import { type Appearance, LAYOUT_NAMES, TIME_FRAMES } from '../screen/view.ts'
import type { Texts } from '../texts/texts.ts'
import type { Environment } from './arming.ts'
import { type RecentMarket, type Remembered, withRecent } from './screen-memory.ts'
import type { Look } from './selection.ts'
import type { SessionWords } from './session-words.ts'

export interface StandpointParts {
  readonly environment: Environment
  readonly texts: Texts
  readonly words: SessionWords
  readonly table: KeyTable
  /** The market that is looked at first. */
  readonly first: Epic
  readonly appearance: Appearance
  readonly remembered: Remembered
  /** Puts it where the next session finds it. */
  readonly remember: (remembered: Remembered) => void
  readonly onChange: () => void
}

/** Where the trader stands: which market and row he looks at, and how; kept for the next session. */
export interface Standpoint {
  readonly look: Look
  readonly appearance: Appearance
  readonly texts: Texts
  readonly words: SessionWords
  readonly table: KeyTable
  readonly recent: readonly RecentMarket[]
  choose(epic: Epic): void
  /** The mark goes to a row; null: it follows what is newest. */
  mark(dealId: DealId | null): void
  nextLayout(): void
  nextTimeFrame(): void
  /** A market that was picked. */
  note(market: RecentMarket): void
  /** Keeps what was chosen. */
  keep(state: Pick<DeskState, 'contracts'>): void
}

export function startStandpoint(parts: StandpointParts): Standpoint {
  const { texts, words, table, remember, onChange } = parts
  let { appearance, remembered } = parts
  let look: Look = { chosen: parts.first, picked: null }

  function see(change: Partial<Appearance>): void {
    appearance = { ...appearance, ...change }
    onChange()
  }

  function change(next: Remembered): void {
    remembered = next
    remember(remembered)
  }

  return {
    texts,
    words,
    table,
    get look() {
      return look
    },
    get appearance() {
      return appearance
    },
    get recent() {
      return remembered.recent
    },
    choose(epic) {
      look = { chosen: epic, picked: null }
      onChange()
    },
    mark(dealId) {
      look = { ...look, picked: dealId }
      onChange()
    },
    nextLayout() {
      see({ layout: after(LAYOUT_NAMES, appearance.layout) })
      change({ ...remembered, layout: appearance.layout })
    },
    nextTimeFrame() {
      see({ timeFrame: after(TIME_FRAMES, appearance.timeFrame) })
      change({ ...remembered, timeFrame: appearance.timeFrame })
    },
    note: market => change(withRecent(remembered, market)),
    keep({ contracts }) {
      const chosen = Object.fromEntries(
        [...contracts].map(([epic, { chosen: preset, sizeKey }]) => [epic, { preset: preset.name, sizeKey }]),
      )
      change({ ...remembered, market: look.chosen, chosen: { ...remembered.chosen, ...chosen } })
    },
  }
}

function after<Name>(names: readonly Name[], name: Name): Name {
  return names[(names.indexOf(name) + 1) % names.length] ?? name
}
