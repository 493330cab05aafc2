/** What a strategy remembers, told whenever it has changed. */
export class SeatMemory {
  #told: string | undefined
  #problem: string | null = null

  /** @param state as it begins: known already */
  constructor(state: unknown) {
    this.#told = this.#text(state)
  }

  /** @returns the state where it has changed, or what is wrong with it, once */
  look(
    state: unknown,
  ):
    | { readonly kind: 'changed'; readonly state: unknown }
    | { readonly kind: 'problem'; readonly text: string }
    | null {
    if (state === undefined || this.#problem !== null) return null
    const text = this.#text(state)
    if (this.#problem !== null) return { kind: 'problem', text: this.#problem }
    if (text === undefined || text === this.#told) return null
    this.#told = text
    return { kind: 'changed', state: JSON.parse(text) }
  }

  #text(state: unknown): string | undefined {
    try {
      const text: string | undefined = JSON.stringify(state)
      if (text === undefined || text.length <= MOST_TEXT) return text
      this.#problem = `expected a state of at most ${MOST_TEXT} characters, but it has ${text.length}; it is not kept for the next run`
    } catch (cause) {
      const words = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause)
      this.#problem = `expected a state of plain data, but got one that cannot be written (${words}); it is not kept for the next run`
    }
    return undefined
  }
}

/** Whether what an earlier run left can stand for what a strategy begins with: a file that was changed since may remember other things. */
export function isSameShape(fresh: unknown, kept: unknown): boolean {
  if (typeof fresh !== 'object' || fresh === null) return fresh !== undefined && typeof fresh === typeof kept
  if (typeof kept !== 'object' || kept === null || Array.isArray(fresh) !== Array.isArray(kept)) return false
  return Array.isArray(fresh) || Object.keys(fresh).sort().join() === Object.keys(kept).sort().join()
}

/** Our choice: it is looked at with each answer, and written to the disk. */
const MOST_TEXT = 100_000
