import type { BotLine } from '@scalpdesk/bots/runner'

/** Denials that come with each tick, told to a person now and then: what is dealt or lost is never held back. */
export class QuietedLines {
  readonly #told = new Map<string, { toldAtMs: number; held: number }>()

  /** @returns the line as it is to be shown; null: it was shown a moment ago */
  pass(line: BotLine, atMs: number): BotLine | null {
    if (line.kind !== 'denied' && line.kind !== 'nothing') return line
    const name = `${line.bot} ${line.kind} ${textKey(line.text)}`
    const known = this.#told.get(name)
    if (known && atMs - known.toldAtMs < QUIET_MS) {
      known.held++
      return null
    }
    if (this.#told.size >= MOST_KEPT) this.#told.clear()
    this.#told.set(name, { toldAtMs: atMs, held: 0 })
    const held = known?.held ?? 0
    return held === 0 ? line : { ...line, text: `${line.text} (and ${held} times since it was said last)` }
  }
}

/** The same but for its figures. */
const textKey = (text: string): string => text.replaceAll(/\d+(\.\d+)?/g, '0')

/** Our choices. */
const QUIET_MS = 10_000
const MOST_KEPT = 100
