import { printable } from '../printable.ts'
import type { Screen } from '../screen/screen.ts'
import type { ScreenView } from '../screen/view.ts'
import { type LinearClock, systemLinearClock } from './linear-clock.ts'
import type { LinearTexts } from './linear-texts.ts'
import { Narrator } from './narrator.ts'
import type { PriceRhythm } from './price-speech.ts'

export interface LinearScreenOptions {
  /** Takes whole lines, each ended by a newline. */
  readonly write: (text: string) => void
  readonly texts: LinearTexts
  /** Calls back once the terminal has taken what was written so far; soon, unless given. */
  readonly whenTaken?: (run: () => void) => void
  /** When the price is said by itself; never, unless given. */
  readonly price?: PriceRhythm | null
  /** The machine's, unless given. */
  readonly clock?: LinearClock
}

const BELL = '\x07'

/**
 * A screen for screen readers and braille displays: each event is one line of plain words, in the order in which it happened, without
 * cursor movement, colours or an alternate screen. Nothing is said twice, no outcome is left out, prices only when asked for.
 */
export function startLinearScreen(options: LinearScreenOptions): Screen {
  return new LinearScreen(options)
}

class LinearScreen implements Screen {
  readonly #write: (text: string) => void
  readonly #clock: LinearClock
  readonly #whenTaken: (run: () => void) => void
  readonly #narrator: Narrator
  readonly #failureListeners: ((error: Error) => void)[] = []
  readonly #paintedListeners: ((sequence: number, atMs: number) => void)[] = []
  #failure: Error | null = null
  #isStopped = false
  #sequence = 0
  #size = ''

  constructor({
    write,
    texts,
    price = null,
    clock = systemLinearClock,
    whenTaken = queueMicrotask,
  }: LinearScreenOptions) {
    this.#write = write
    this.#clock = clock
    this.#whenTaken = whenTaken
    this.#narrator = new Narrator(texts, price)
  }

  show(view: ScreenView): number {
    this.#sequence += 1
    if (this.#isStopped || this.#failure !== null) return this.#sequence
    this.#say(this.#narrator.tell(view, this.#clock.monotonicMs()))
    this.#report(this.#sequence)
    return this.#sequence
  }

  /** Lines need no size. The same size again is a wish to see everything anew: what is true now is said again. */
  resize(columns: number, rows: number): void {
    const size = `${columns}x${rows}`
    if (this.#size === size) this.#say(this.#narrator.again())
    this.#size = size
  }

  /** Charts are not spoken. */
  seed(): void {}

  ring(): void {
    this.#writeNow(BELL)
  }

  stopNow(): boolean {
    // What fails now ends with the screen: nobody has to open another one.
    this.#failureListeners.length = 0
    this.#say(this.#narrator.end())
    this.#isStopped = true
    return true
  }

  onFailure(listener: (error: Error) => void): void {
    this.#failureListeners.push(listener)
    if (this.#failure !== null) listener(this.#failure)
  }

  onPainted(listener: (sequence: number, atMs: number) => void): void {
    this.#paintedListeners.push(listener)
  }

  lookPainted(): void {}

  #say(lines: readonly string[]): void {
    if (lines.length > 0) this.#writeNow(lines.map(line => `${printable(line)}\n`).join(''))
  }

  #writeNow(text: string): void {
    if (this.#isStopped || this.#failure !== null) return
    try {
      this.#write(text)
    } catch (error) {
      const failure = error instanceof Error ? error : new Error(String(error))
      this.#failure = failure
      for (const listener of this.#failureListeners) listener(failure)
    }
  }

  /** Not before the caller knows the view's number, and nobody can have heard what the terminal has not taken. */
  #report(sequence: number): void {
    if (this.#paintedListeners.length === 0 || this.#failure !== null) return
    this.#whenTaken(() => {
      const atMs = this.#clock.nowMs()
      if (!this.#isStopped) for (const listener of this.#paintedListeners) listener(sequence, atMs)
    })
  }
}
