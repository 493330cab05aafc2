import { expect, it } from 'vitest'
import type { StepName } from './step.ts'
import {
  atBroker,
  died,
  expectOneChain,
  flatten,
  journalFiles,
  placeElsewhere,
  READY,
  SHOWN,
  twoRuns,
  untilAtBroker,
} from './two-runs.ts'

/** A flatten of a position and a working order, killed in its middle. */

interface Left {
  /** Sent by the run that died. */
  readonly cancels: 0 | 1
  readonly closes: 0 | 1
  /** What the run after does not know of, in the words for what comes out of it; null: of nothing. */
  readonly comesOut: string | null
  /** The broker has not dealt yet when the program is back. */
  readonly isHeld: boolean
}

const left = (cancels: 0 | 1, closes: 0 | 1, comesOut: string | null, isHeld: boolean): Left => ({
  cancels,
  closes,
  comesOut,
  isHeld,
})

const STILL_LISTED = 'UNKNOWN: cancellation of an order, the order is still listed'
const CANCELLED = 'CANCELLED: the order rests no more'

const LEFT: Partial<Record<StepName, Left>> = {
  'cancellation decided, nothing written': left(0, 0, null, false),
  'cancellation in the journal, no byte sent': left(0, 0, STILL_LISTED, false),
  'cancellation sent, no close decided': left(1, 0, CANCELLED, true),
  'cancellation sent, close in the journal, no byte sent': left(1, 0, CANCELLED, true),
  'cancellation and close sent, no answer': left(1, 1, CANCELLED, true),
  'cancellation confirmed, not yet in the journal': left(1, 1, CANCELLED, false),
}

it.concurrent.each(Object.entries(LEFT) as [StepName, Left][])(
  'leaves the rest to the next press, and nothing is sent by itself: %s',
  async (step, { cancels, closes, comesOut, isHeld }) => {
    await using runs = await twoRuns()
    const { broker, deals } = runs
    await placeElsewhere(broker)
    const desk = runs.startToDie(step)
    await desk.waitForScreen(/OPEN[\s\S]*READY/)
    desk.type('b')
    await desk.waitForScreen('FILLED: BOUGHT')
    if (isHeld) deals.hold()
    desk.type(' ')
    await died(desk, step)
    const isDealt = !isHeld && cancels > 0
    const open = { positions: isDealt ? 0 : 1, workingOrders: isDealt ? 0 : 1 }
    await untilAtBroker(broker, { opens: 1, cancels, closes, ...open })
    const before = journalFiles(desk.home)

    const again = runs.startAgain()
    await again.waitForScreen(READY)
    if (comesOut !== null && !isDealt) {
      await again.waitForScreen(SHOWN.checking)
      again.type('s')
      await again.waitForScreen('DENIED SELL: the outcome of an earlier order is being checked')
    }
    deals.letGo()
    if (comesOut !== null) await again.waitForScreen(comesOut)
    expect(atBroker(broker)).toMatchObject({ opens: 1, cancels, closes })
    await flatten(again, runs)
    expect(atBroker(broker)).toEqual({ opens: 1, cancels: 1, closes: 1, positions: 0, workingOrders: 0 })
    again.type('s')
    await again.waitForScreen('FILLED: SOLD')
    await flatten(again, runs)
    expect(atBroker(broker)).toEqual({ opens: 2, cancels: 1, closes: 2, positions: 0, workingOrders: 0 })
    await expectOneChain(desk.home, before)
  },
)
