import { dealReference, type Epic } from '@scalpdesk/sdk'
import type { IntentEvent } from '../desk-event.ts'
import type { DeskState } from '../desk-state.ts'
import { type ForeseenEntry, foresee, type ReadyEntry, readyEntry } from './foreseeing.ts'

/** Keeps what the two keys of one market would send now: of the market that was entered last, at first of the first one. */
export class Foresight {
  #epic: Epic | null = null
  #buy: ForeseenEntry | null = null
  #sell: ForeseenEntry | null = null
  #wasBuy = false
  #lookedAtMs = Number.NEGATIVE_INFINITY

  /** Call after each event but a quote, when all that it brings about is done. */
  look(state: DeskState, atMs: number): void {
    const epic = this.#epic ?? firstOf(state.contracts.keys())
    this.#lookedAtMs = atMs
    this.#buy = epic === null ? null : foresee(state, epic, 'BUY', atMs)
    this.#sell = epic === null ? null : foresee(state, epic, 'SELL', atMs)
  }

  /** null: the press is to be judged by itself. */
  readyFor(state: DeskState, event: IntentEvent): ReadyEntry | null {
    const { intent } = event
    if (intent.kind !== 'enter') return null
    this.#epic = intent.epic
    const foreseen = intent.direction === 'BUY' ? this.#buy : this.#sell
    return foreseen && readyEntry(foreseen, state, event)
  }

  /**
   * Goes through a press of the key as it would be now. What comes of it is to be thrown away. Where nothing holds that was foreseen, it is
   * looked at again: a press of a moment ago denies the next one for a while, and a price goes far without an event.
   */
  rehearse(state: DeskState, atMs: number): ReadyEntry | null {
    this.#wasBuy = !this.#wasBuy
    const foreseen = (this.#wasBuy ? this.#buy : this.#sell) ?? this.#buy ?? this.#sell
    const ready = foreseen && this.#rehearsed(foreseen, state, atMs)
    if (!ready && atMs - this.#lookedAtMs >= AGAIN_MS) this.look(state, atMs)
    return ready
  }

  #rehearsed({ direction, epic }: ForeseenEntry, state: DeskState, atMs: number): ReadyEntry | null {
    const intent = { kind: 'enter', epic, direction } as const
    return this.readyFor(state, { kind: 'intent', intent, reference: REHEARSED, pressedAtMs: atMs, atMs })
  }
}

/** Our choice: a look takes less than a millisecond, and is worth it only as long as a key may come. */
const AGAIN_MS = 100

const REHEARSED = dealReference('REHEARSED')

function firstOf(epics: Iterable<Epic>): Epic | null {
  for (const epic of epics) return epic
  return null
}
