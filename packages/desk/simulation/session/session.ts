import { dealReference } from '@scalpdesk/sdk'
import { manualClock, seededRandom } from '@scalpdesk/testkit'
import type { DeskEvent } from '../../src/desk-event.ts'
import type { DeskState } from '../../src/index.ts'
import type { Intent } from '../../src/intents/intent.ts'
import { EngineBroker } from '../broker/engine-broker.ts'
import { START_MS } from '../broker/exchange.ts'
import { FAULTS } from '../broker/faults.ts'
import { EPICS } from '../broker/simulated-markets.ts'
import { limitsOf } from './contracts.ts'
import { KeptJournal } from './kept-journal.ts'
import { Machine } from './machine.ts'
import { actElsewhere } from './other-hands.ts'
import { type DeskUnderTest, Program, REAL_DESK } from './program.ts'
import { type SessionPlan, type Step, stepWords } from './step.ts'
import { intentOf } from './trader.ts'
import { Witness } from './witness.ts'

const DAY_MS = 24 * 60 * 60 * 1_000
/** From a press of the trader to the moment when the desk hears of it. */
const KEY_MS = 1

/** A whole trading session in one manual time: trader, desk, journal, network, broker, and everything that can go wrong. */
export class Session {
  readonly clock = manualClock(START_MS)
  readonly broker: EngineBroker
  readonly journal = new KeptJournal(() => this.machine.nowMs())
  readonly machine = new Machine(this.clock)
  readonly witness = new Witness()
  readonly plan: SessionPlan
  readonly program: Program
  readonly #trace: ((line: string) => void) | null
  #presses = 0

  constructor(plan: SessionPlan, trace: ((line: string) => void) | null = null, desk: DeskUnderTest = REAL_DESK) {
    const { clock, journal, machine, witness } = this
    this.plan = plan
    this.#trace = trace
    const say = trace && ((words: string) => trace(`${(clock.monotonicMs() / 1_000).toFixed(3).padStart(9)}  ${words}`))
    let program: Program | null = null
    const tell = (make: (atMs: number) => DeskEvent) => program?.feed(() => make(machine.monotonicMs()))
    this.broker = new EngineBroker({
      clock,
      seed: plan.seed,
      receivedAtMs: machine.monotonicMs,
      listLagMs: plan.listLagMs,
      cash: plan.cash,
      tell: say ?? undefined,
      hearer: {
        quote: quote => tell(() => ({ kind: 'quote', quote })),
        trade: trade => {
          witness.hear(trade)
          tell(atMs => ({ kind: 'trade', trade, atMs }))
        },
        status: status => tell(atMs => ({ kind: 'stream', status, atMs })),
        account: figures => tell(atMs => ({ kind: 'account', figures, atMs })),
        heartbeat: brokerTimeMs => tell(atMs => ({ kind: 'heartbeat', brokerTimeMs, atMs })),
      },
    })
    clock.advance(1)
    program = new Program({ plan, clock, machine, broker: this.broker, journal, witness, desk, say })
    this.program = program
    program.start()
    this.pass(1_000)
  }

  get state(): DeskState {
    return this.program.state
  }

  step(step: Step): void {
    this.pass(step.afterMs)
    this.#trace?.(`--- ${stepWords(step)}`)
    const random = seededRandom(step.salt)
    this.broker.reseed(step.salt)
    switch (step.do) {
      case 'press':
        return this.#pressTimes(step, random)
      case 'fault': {
        this.witness.counts.faults += 1
        const later = (ms: number, run: () => void) => void this.clock.at(this.clock.monotonicMs() + ms, run)
        return FAULTS[step.fault]({ broker: this.broker, later }, random)
      }
      case 'elsewhere':
        this.witness.counts.elsewhere += 1
        return actElsewhere(this.broker, step.what, random)
      case 'crash':
        return this.program.endAfter(step.afterEffects, step)
      case 'full-disk':
        this.journal.isFull = true
        this.clock.at(this.clock.monotonicMs() + step.forMs, () => {
          this.journal.isFull = false
        })
        return
      case 'set-clock':
        return this.machine.setClock(step.byMs)
      case 'sleep':
        return this.#sleep(step.ms)
      case 'next-day':
        return this.#beginDay(random.next() < 0.5)
      case 'limits': {
        const limits = { ...limitsOf(this.plan.hasDayLoss), maxOpenPositions: 2 + Math.floor(random.next() * 6) }
        return this.program.feed(() => ({ kind: 'limits', limits, atMs: this.program.atMs }))
      }
      case 'wait':
        return
    }
  }

  pass(ms: number): void {
    this.clock.advance(ms)
  }

  press(intent: Intent): void {
    const { isRunning, life, atMs } = this.program
    if (!isRunning || this.machine.isAsleep) return
    this.#presses += 1
    const reference = dealReference(`S${life}-${this.#presses}`)
    this.witness.presses.set(reference, { reference, intent, life })
    this.witness.counts.presses += 1
    const wallMs = this.machine.nowMs()
    this.program.feed(() => ({ kind: 'intent', intent, pressedAtMs: atMs - KEY_MS, atMs, wallMs, reference }))
  }

  /** Every fault ends, the program runs, and everything under way comes to rest. */
  heal(): void {
    this.journal.isFull = false
    this.program.goOn()
    this.program.wakeUp()
    this.#trace?.('--- every fault ends')
    if (!this.program.isRunning) this.pass(10_000)
    this.broker.heal()
    this.pass(100_000)
  }

  /** Nothing moves any more, and nothing is on its way. */
  holdStill(): void {
    for (const epic of EPICS) this.broker.exchange.holdQuotes(epic, true)
    this.pass(1_000)
  }

  /** Until the desk has asked for what was booked last, which it does seldom. */
  settleMoney(): void {
    const { witness, broker } = this
    for (let minute = 0; minute < 20; minute++) {
      const { booked } = this.state
      const isAsked = booked && !booked.asking && witness.askedBookedAtMs > broker.exchange.ledger.bookedAtMs
      if (isAsked && !booked.isWanted) return
      this.pass(60_000)
    }
  }

  goOn(): void {
    for (const epic of EPICS) this.broker.exchange.holdQuotes(epic, false)
  }

  /** The night is charged for on the day before, or on the new one. */
  #beginDay(isChargedBefore: boolean): void {
    const { exchange } = this.broker
    if (isChargedBefore) exchange.endNight()
    const held = exchange.positions.map(({ dealId, size }) => `${dealId} ${size}`)
    const known = this.state.day.open.map(({ dealId, left }) => `${dealId} ${left}`)
    if (held.sort().join() !== known.sort().join()) this.witness.isHeardNextDay = true
    exchange.jump(DAY_MS - (exchange.nowMs % DAY_MS) + 1_000)
    if (!isChargedBefore) exchange.endNight()
  }

  #pressTimes({ press, times }: Extract<Step, { do: 'press' }>, random: { next(): number }): void {
    for (let time = 0; time < times; time++) {
      const intent = intentOf(
        press,
        this.state,
        time === 0 ? random : seededRandom(Math.floor(random.next() * 2 ** 30)),
      )
      if (!intent) return
      // Now and then the very same key again: the hand that bounces.
      this.press(intent)
      if (times > 1 && random.next() < 0.5) this.press(intent)
    }
  }

  #sleep(ms: number): void {
    if (!this.program.isRunning || this.machine.isAsleep) return
    this.machine.fallAsleep()
    this.broker.stream.drop()
    this.clock.at(this.clock.monotonicMs() + ms, () => this.program.wakeUp())
  }
}
