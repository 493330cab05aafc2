import { type BotKeeper, type Heard, NOTHING_HEARD } from './kept-bot.ts'

/** What a bot keeps for its next run: at once where it may have traded on it, else once a second. */
export class BotNotes {
  readonly #keeper: BotKeeper | null
  #state: unknown = null
  #heard: Heard = NOTHING_HEARD
  #isKept = true
  #keptAtMs = Number.NEGATIVE_INFINITY

  constructor(keeper: BotKeeper | null, state: unknown) {
    this.#keeper = keeper
    this.#state = state ?? null
  }

  get isWanted(): boolean {
    return this.#keeper !== null
  }

  /** @param state undefined: as it was */
  take(state: unknown, heard: Heard, { atMs, isTraded }: { readonly atMs: number; readonly isTraded: boolean }): void {
    if (!this.#keeper) return
    const isNews = state !== undefined || JSON.stringify(heard) !== JSON.stringify(this.#heard)
    if (state !== undefined) this.#state = state
    this.#heard = heard
    this.#isKept &&= !isNews
    if (!this.#isKept && (isTraded || atMs - this.#keptAtMs >= AGAIN_MS)) this.#keep(atMs)
  }

  /** @param holdsNothing the next run begins anew */
  end(holdsNothing: boolean): void {
    if (holdsNothing) this.#keeper?.forget()
    else this.#keep(0)
  }

  #keep(atMs: number): void {
    this.#keeper?.keep({ state: this.#state, heard: this.#heard })
    this.#isKept = true
    this.#keptAtMs = atMs
  }
}

/** Our choice. */
const AGAIN_MS = 1_000
