import {
  type Confirm,
  type DealReference,
  type Direction,
  dealReference,
  type Position,
  type StreamStatus,
  type UpdateStatus,
  type WorkingOrder,
  type WorkingOrderUpdate,
} from '@scalpdesk/sdk'
import { LIST_LAG_MS } from '../book/list-lag.ts'
import { ACCOUNT } from '../book/scope.ts'
import type { PastDeal } from '../broker-port.ts'
import { nextDueMs, process } from '../desk.ts'
import type { DeskEvent } from '../desk-event.ts'
import { type DeskSetup, initialState } from '../desk-setup.ts'
import type { DeskState } from '../desk-state.ts'
import type { Effect } from '../effect.ts'
import type { Intent } from '../intents/intent.ts'
import type { JournalRecord, PressedBy } from '../journal/record.ts'
import type { OrderStage } from '../orders/order.ts'
import { aCloseConfirm, aConfirm, aConfirmEvent } from './confirm-fixtures.ts'
import {
  aContract,
  aGoldContract,
  aPosition,
  aPositionUpdate,
  aQuote,
  aWorkingOrderUpdate,
  EURUSD,
} from './desk-fixtures.ts'

/** No watchdog barks, and a press may follow another at once: tests of those say so. */
const QUIET: Partial<DeskSetup> = {
  limits: { duplicateWindowMs: 0 },
  watch: {
    missingStop: null,
    foreignExposure: false,
    movedStop: false,
    minMarginPercent: null,
    maxClockSkewMs: null,
    maxSilenceMs: null,
  },
}

type Untimed<Event> = Event extends { readonly atMs: number } ? Omit<Event, 'atMs'> : Event
type EffectOf<Kind extends Effect['kind']> = Extract<Effect, { kind: Kind }>

/** The pure desk with its state and time in hand, for tests only: events go in, every effect is kept for the test to look at. */
export class DrivenDesk {
  state: DeskState
  nowMs = 1_000
  readonly effects: Effect[] = []
  #references = 0

  constructor(setup: Partial<DeskSetup> = {}) {
    this.state = initialState({
      contracts: [aContract(), aGoldContract()],
      accountCurrency: 'EUR',
      start: { atMs: 0, wallMs: WALL_MS },
      ...QUIET,
      ...setup,
    })
  }

  feed(event: Untimed<DeskEvent>): readonly Effect[] {
    const { state, effects } = process(this.state, { ...event, atMs: this.nowMs } as DeskEvent)
    this.state = state
    this.effects.push(...effects)
    return effects
  }

  /** Time passes; the desk gets its clock event whenever it asked for one. */
  pass(ms: number): void {
    const end = this.nowMs + ms
    for (let due = nextDueMs(this.state); due !== null && due <= end; due = nextDueMs(this.state)) {
      if (due <= this.nowMs && this.feed({ kind: 'clock' }).length === 0 && nextDueMs(this.state) === due)
        throw new Error(`expected a clock event at ${due} to be used up, but the desk still waits for it`)
      if (due > this.nowMs) {
        this.nowMs = due
        this.feed({ kind: 'clock' })
      }
    }
    this.nowMs = end
  }

  /** @returns the reference that the intent carried, which is the order's id if one came of it. */
  press(key: Direction | 'flatten'): string {
    if (key === 'flatten') return this.want({ kind: 'flatten', scope: ACCOUNT })
    return this.want({ kind: 'enter', epic: EURUSD, direction: key })
  }

  /** As {@link press}, for anything that can be wanted. */
  want(intent: Intent, by?: PressedBy): string {
    this.#references += 1
    const reference = dealReference(`R${this.#references}`)
    const wallMs = WALL_MS + this.nowMs
    this.feed({ kind: 'intent', intent, pressedAtMs: this.nowMs - 1, wallMs, reference, ...(by && { by }) })
    return reference
  }

  quote(change: Parameters<typeof aQuote>[0] = {}): void {
    this.feed({ kind: 'quote', quote: aQuote({ receivedAtMs: this.nowMs, ...change }) })
  }

  stream(status: StreamStatus | 'new' | 'preserved' | 'recovered' | 'replaced'): void {
    this.feed({ kind: 'stream', status: typeof status === 'string' ? { kind: 'live', continuity: status } : status })
  }

  trades(state: 'listening' | 'interrupted'): void {
    this.feed({ kind: 'trade', trade: { kind: 'feed', state } })
  }

  acknowledge(id: string, reference = id): void {
    const answer = { kind: 'acknowledged', reference: dealReference(reference), acknowledgedAtMs: this.nowMs } as const
    this.feed({ kind: 'submitted', id, submission: answer })
  }

  loseReply(id: string): void {
    this.feed({ kind: 'submitted', id, submission: { kind: 'unknown', cause: new Error('the connection was lost') } })
  }

  refuse(id: string, code = 'error.public-api.exceeded-account-trading-allowance'): void {
    this.feed({ kind: 'submitted', id, submission: { kind: 'rejected', code, httpStatus: 403 } })
  }

  neverSend(id: string): void {
    this.feed({ kind: 'submitted', id, submission: { kind: 'unsent', cause: new Error('no connection') } })
  }

  streamConfirm(confirm: Confirm): void {
    this.feed({ kind: 'trade', trade: aConfirmEvent(confirm) })
  }

  streamPosition(deal: string, status: UpdateStatus, reference: DealReference | null = null): void {
    const update = aPositionUpdate(deal, { reference, status })
    this.feed({ kind: 'trade', trade: { kind: 'position', update } })
  }

  tellWorkingOrder(deal: string, change: Partial<WorkingOrderUpdate>): void {
    this.feed({ kind: 'trade', trade: { kind: 'working-order', update: aWorkingOrderUpdate(deal, change) } })
  }

  /** Answers the last question for the account's history. */
  tellHistory(deals: readonly PastDeal[] | null): void {
    this.feed({ kind: 'deals-found', ask: this.state.history.asks, deals })
  }

  /** Answers the reading that the desk asked for last. */
  list(positions: readonly Position[] = [], workingOrders: readonly WorkingOrder[] | null = []): void {
    this.feed({ kind: 'book-read', ask: this.state.book.asks, book: { positions, workingOrders } })
  }

  failReading(): void {
    this.feed({ kind: 'book-failed', ask: this.state.book.asks, cause: new Error('no route to the broker') })
  }

  sent<Kind extends Effect['kind']>(kind: Kind): readonly EffectOf<Kind>[] {
    return this.effects.filter((effect): effect is EffectOf<Kind> => effect.kind === kind)
  }

  recorded<Kind extends JournalRecord['kind']>(kind: Kind): readonly Extract<JournalRecord, { kind: Kind }>[] {
    return this.sent('journal')
      .map(({ record }) => record)
      .filter((record): record is Extract<JournalRecord, { kind: Kind }> => record.kind === kind)
  }

  stage(id: string): OrderStage['kind'] | undefined {
    return this.state.orders.get(id)?.stage.kind
  }

  get words(): string {
    return this.state.outcome.text
  }

  get news(): readonly string[] {
    return this.state.news.map(({ text }) => text)
  }
}

export const LOST: StreamStatus = { kind: 'waiting', cause: { code: 'lost', text: 'the line is down' }, retryAtMs: 0 }

/** A desk whose stream is live, whose price is fresh and whose broker has said that nothing is open. */
export function aReadyDesk(setup: Partial<DeskSetup> = {}): DrivenDesk {
  const desk = new DrivenDesk(setup)
  desk.stream('new')
  desk.trades('listening')
  desk.list()
  if (desk.state.book.reading) desk.list()
  desk.quote()
  return desk
}

/** A ready desk that bought once; the broker confirms it and lists it, and a list that does not is none from before. */
export function aLongDesk(setup: Partial<DeskSetup> = {}): DrivenDesk {
  const deal = 'DI1'
  const desk = aReadyDesk(setup)
  const id = buy(desk, deal)
  desk.pass(LIST_LAG_MS)
  desk.list([aPosition(deal, { dealReference: dealReference(id) })])
  return desk
}

/** Buys and has it acknowledged and confirmed at once. */
export function buy(desk: DrivenDesk, deal: string): string {
  const id = desk.press('BUY')
  desk.acknowledge(id)
  desk.streamConfirm(aConfirm(id, deal))
  return id
}

/** The deal of a long desk, as the broker lists it. */
export const listedDeal = (): Position => aPosition('DI1', { dealReference: dealReference('R1') })

/** The id of the last close that was sent. */
export const lastClose = (desk: DrivenDesk): string => desk.sent('close').at(-1)!.id

/** The last close is acknowledged, and confirmed as the end of the long desk's deal. */
export function confirmClose(desk: DrivenDesk): void {
  desk.acknowledge(lastClose(desk), 'IGMADETHIS')
  desk.streamConfirm(aCloseConfirm('IGMADETHIS', 'DI1'))
}

/** Wall time at monotonic zero. */
export const WALL_MS = Date.UTC(2026, 0, 5, 12)

export const FLAT = 'FLAT: the broker reports no position and no working order'
