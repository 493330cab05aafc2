import type { Clock, Epic, MarketDetails, MarketSummary, Watchlist } from '@scalpdesk/sdk'
import type { OverlayView, PickerRow } from '../screen/view.ts'
import { rulesText } from './dealing-rules-text.ts'
import type { SessionWords } from './session-words.ts'
import { spanText } from './view/figure-text.ts'

/** What is typed while a text is asked for. */
export type TextInput =
  | { readonly kind: 'char'; readonly text: string }
  | { readonly kind: 'backspace' | 'enter' | 'escape' | 'up' | 'down' }

/** Where the picker asks. Each of them is a call of the account's allowance. */
export interface MarketSource {
  search(text: string): Promise<readonly Pick<MarketSummary, 'epic' | 'name'>[]>
  watchlists(): Promise<readonly Pick<Watchlist, 'id' | 'name'>[]>
  watchlist(id: string): Promise<readonly Pick<MarketSummary, 'epic' | 'name'>[]>
  details(epic: Epic): Promise<MarketDetails>
  /** Milliseconds until a call may go; 0: now. */
  waitMs(): number
}

export interface PickerParts {
  readonly source: MarketSource
  readonly clock: Clock
  readonly words: SessionWords['picker']
  readonly traded: readonly NamedMarket[]
  readonly recent: readonly NamedMarket[]
  /** @returns why it is not traded; null: it is, and the picker is done */
  readonly choose: (market: MarketDetails | NamedMarket) => string | null
  readonly onChange: () => void
  readonly onLeave: () => void
}

export interface NamedMarket {
  readonly epic: Epic
  readonly name: string
}

/** Finds a market by its name, among recent ones or on a watchlist, shows its dealing rules, and hands it over. */
export interface MarketPicker {
  /** Grows with each change of what is to be seen. */
  readonly version: number
  view(): OverlayView
  type(input: TextInput): void
  /** Nothing is asked or told any more. */
  close(): void
}

/** From the last letter to the search, and from the mark's rest to the question for its rules: our choice, a pause of a typist. */
const REST_MS = 250
/** Shorter texts find too much to be of use: our choice. */
const SHORTEST = 2
const LONGEST = 40
const MOST_ROWS = 40

interface Row {
  readonly name: string
  readonly detail: string
  /** Enter trades a market, and opens a list. */
  readonly of: { readonly kind: 'market'; readonly epic: Epic } | { readonly kind: 'list'; readonly id: string }
}

const marketRow = ({ epic, name }: NamedMarket, detail: string): Row => ({ name, detail, of: { kind: 'market', epic } })

export function openMarketPicker(parts: PickerParts): MarketPicker {
  const { source, clock, words } = parts
  let version = 0
  function onChange(): void {
    version += 1
    parts.onChange()
  }
  const details = new Map<Epic, MarketDetails>()
  /** null: the broker has not named them yet. */
  let lists: readonly Row[] | null = null
  let typed = ''
  let rows: readonly Row[] = startRows()
  let marked = 0
  let note: string | null = words.open
  let isClosed = false
  /** Answers to an older question than this are dropped. */
  let asked = 0
  let timer: { cancel(): void } | null = null

  function startRows(): readonly Row[] {
    const traded = parts.traded.map(market => marketRow(market, words.traded))
    const recent = parts.recent
      .filter(({ epic }) => !parts.traded.some(market => market.epic === epic))
      .map(market => marketRow(market, words.recent))
    return [...traded, ...recent, ...(lists ?? [])]
  }

  function show(next: readonly Row[], about: string | null): void {
    rows = next.slice(0, MOST_ROWS)
    marked = 0
    note = about
    onChange()
  }

  /** Asks once it has been quiet for so long and the allowance lets it; only the newest question's answer counts. */
  function askAfter(ms: number, question: (isNewest: () => boolean) => Promise<void>): void {
    asked += 1
    const own = asked
    const isNewest = () => !isClosed && own === asked
    timer?.cancel()
    timer = clock.at(clock.monotonicMs() + ms, () => {
      if (!isNewest()) return
      const waitMs = source.waitMs()
      if (waitMs > 0) {
        note = words.waiting(spanText(waitMs))
        onChange()
        return askAfter(waitMs, question)
      }
      void question(isNewest).catch((error: unknown) => {
        if (!isNewest()) return
        note = words.failed(error instanceof Error ? error.message : String(error))
        onChange()
      })
    })
  }

  function askLists(): void {
    askAfter(0, async isNewest => {
      const found = await source.watchlists()
      lists = found.map(({ id, name }): Row => ({ name, detail: words.watchlist, of: { kind: 'list', id } }))
      if (!isNewest()) return
      rows = startRows()
      onChange()
      askRules()
    })
  }

  function search(): void {
    if (typed.trim().length < SHORTEST) {
      show(startRows(), words.open)
      return lists === null ? askLists() : askRules()
    }
    const text = typed.trim()
    note = words.searching(text)
    onChange()
    askAfter(REST_MS, async isNewest => {
      const found = await source.search(text)
      if (!isNewest()) return
      show(
        found.map(market => marketRow(market, '')),
        found.length === 0 ? words.none(text) : null,
      )
      askRules()
    })
  }

  /** The dealing rules of the marked market, once the mark rests on it. */
  function askRules(): void {
    const row = rows[marked]
    if (row?.of.kind !== 'market' || details.has(row.of.epic)) return
    const { epic } = row.of
    askAfter(REST_MS, async isNewest => {
      const market = await source.details(epic)
      details.set(epic, market)
      if (isNewest()) onChange()
    })
  }

  function choose(): void {
    const row = rows[marked]
    if (!row) return
    if (row.of.kind === 'list') return openList(row.name, row.of.id)
    const { epic } = row.of
    if (parts.traded.some(market => market.epic === epic)) return hand({ epic, name: row.name })
    const known = details.get(epic)
    if (known) return hand(known)
    note = words.asking
    onChange()
    askAfter(0, async isNewest => {
      const market = await source.details(epic)
      details.set(epic, market)
      if (isNewest()) hand(market)
    })
  }

  function hand(market: MarketDetails | NamedMarket): void {
    const problem = parts.choose(market)
    if (problem === null) return
    note = words.notTradable(problem)
    onChange()
  }

  function openList(name: string, id: string): void {
    note = words.searching(name)
    onChange()
    askAfter(0, async isNewest => {
      const found = await source.watchlist(id)
      if (!isNewest()) return
      typed = ''
      show(
        found.map(market => marketRow(market, name)),
        null,
      )
      askRules()
    })
  }

  function move(by: 1 | -1): void {
    if (rows.length === 0) return
    marked = (marked + by + rows.length) % rows.length
    onChange()
    askRules()
  }

  askLists()
  return {
    get version() {
      return version
    },
    view: () => ({ kind: 'picker', typed, rows: rows.map((row, index) => rowView(row, index === marked)), note }),
    type(input) {
      switch (input.kind) {
        case 'char':
          typed = `${typed}${input.text}`.slice(0, LONGEST)
          return search()
        case 'backspace':
          typed = typed.slice(0, -1)
          return search()
        case 'enter':
          return choose()
        case 'escape':
          return parts.onLeave()
        case 'up':
          return move(-1)
        case 'down':
          return move(1)
      }
    },
    close() {
      isClosed = true
      timer?.cancel()
    },
  }

  function rowView(row: Row, isSelected: boolean): PickerRow {
    const epic = row.of.kind === 'market' ? row.of.epic : null
    const known = epic === null ? undefined : details.get(epic)
    const parts = [row.detail, isSelected && known ? rulesText(known, words.rules) : '']
    return { name: row.name, epic: epic ?? '', detail: parts.filter(part => part !== '').join(' · '), isSelected }
  }
}
