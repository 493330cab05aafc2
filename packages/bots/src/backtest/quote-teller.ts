import type { Book, Engine } from '@scalpdesk/mock-broker/engine'
import { createQuote, epic, type Quote } from '@scalpdesk/sdk'
import { shownState } from '../engine-broker/index.ts'
import type { DeskLoop } from './desk-loop.ts'
import { LossBand, type Told } from './loss-band.ts'

/** Tells the desk what the markets of the engine show: before it has to decide something, and where a loss may lock its day. */
export class QuoteTeller {
  readonly #engine: Engine
  readonly #loop: DeskLoop
  readonly #epics: readonly string[]
  readonly #band = new LossBand()
  /** The last quote of the one market, not told because no loss in it could lock the day; null: the desk knows the last one. */
  #unsaid: Told | null = null

  constructor(engine: Engine, loop: DeskLoop, epics: readonly string[]) {
    this.#engine = engine
    this.#loop = loop
    this.#epics = epics
  }

  tellAll(): void {
    this.#unsaid = null
    for (const name of this.#epics) this.#tell(name)
  }

  /** Something is held: a loss must not be slept through. With several markets each quote is told, since a loss is one of all. */
  watchLoss(name: string): void {
    const book = this.#engine.book(name)
    const told = book && toldBy(book)
    if (!told) return
    if (this.#band.holds(this.#loop.state, told)) {
      this.#unsaid = told
      return
    }
    this.#unsaid = null
    this.#tell(name)
    if (this.#epics.length === 1) this.#band.find(this.#loop.state, told, each => quoteOf(book, each))
  }

  /** What the desk is to hear next has happened after the quote that it was not told of. */
  catchUp(): void {
    const unsaid = this.#unsaid
    const book = unsaid && this.#engine.book(this.#epics[0] ?? '')
    this.#unsaid = null
    if (unsaid && book) this.#loop.feed({ kind: 'quote', quote: quoteOf(book, unsaid) })
  }

  #tell(name: string): void {
    const book = this.#engine.book(name)
    const told = book && toldBy(book)
    if (!told) return
    const { bidUnits, offerUnits, atMs } = told
    const known = this.#loop.state.quotes.get(epic(name))
    if (known && known.receivedAtMs === atMs && known.bidUnits === bidUnits && known.offerUnits === offerUnits) return
    this.#loop.feed({ kind: 'quote', quote: quoteOf(book, told) })
  }
}

function toldBy({ quote, state }: Book): Told | null {
  if (!quote) return null
  const { bidUnits, offerUnits, atMs } = quote
  return { bidUnits, offerUnits, atMs, state: shownState(state) }
}

function quoteOf({ market }: Book, { bidUnits, offerUnits, atMs, state }: Told): Quote {
  const price = { epic: epic(market.epic), decimals: market.decimals, bidUnits, offerUnits }
  return createQuote({ ...price, isDelayed: false, isSnapshot: false, state, brokerTimeMs: atMs, receivedAtMs: atMs })
}
