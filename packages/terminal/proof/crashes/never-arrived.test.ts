import { expect, it } from 'vitest'
import type { StepName } from './step.ts'
import {
  atBroker,
  died,
  expectOneChain,
  journalFiles,
  openElsewhere,
  READY,
  SHOWN,
  twoRuns,
  untilAtBroker,
} from './two-runs.ts'

/** An entry that was announced and never left: nothing can prove that, and the program says so for as long as it is so. */

const STEPS: readonly StepName[] = ['entry in the journal, no byte sent', 'entry at the socket, not handed to it']

// The log cuts its lines, and an alarm may take the outcome line over at once.
const CHECKED = /DENIED SELL: the outcome of an earlier order is b/
const NOT_SETTLED = /DENIED SELL: an earlier order could not be settled; look at the broker’s\s+platform/

it.concurrent.each(STEPS)(
  'is asked for a minute, then said to be unknown, and holds up entries but no exit: %s',
  async step => {
    await using runs = await twoRuns()
    const { broker } = runs
    await openElsewhere(broker)
    const first = runs.startToDie(step)
    await first.waitForScreen(/OPEN[\s\S]*READY/)
    first.type('b')
    await died(first, step)
    expect(runs.journal().filter(({ kind }) => kind === 'about-to-open')).toHaveLength(1)
    const afterFirst = journalFiles(first.home)

    const second = runs.startAgain()
    await second.waitForScreen(READY)
    await second.waitForScreen(SHOWN.checking)
    second.type('s')
    await second.waitForScreen(CHECKED)
    second.type(' ')
    await untilAtBroker(broker, { opens: 1, closes: 1, positions: 0 })
    await second.waitForScreen(SHOWN.checking)
    await second.waitForScreen(/UNKNOWN: BUY 1, no answer was found/, 90_000)
    // The broker is flat, and an order of ours may still turn up there.
    await second.waitForScreen('FLAT is withheld because an order could not be settled')
    await second.waitForScreen(SHOWN.unknown)
    second.type('s')
    await second.waitForScreen(NOT_SETTLED)
    second.type('q')
    await second.waitForScreen('Something may be open at the broker. Quit and leave it there?')
    second.type('y')
    expect(await second.exited).toEqual({ code: 0, signal: null })
    await expectOneChain(first.home, afterFirst)
    const afterSecond = journalFiles(first.home)

    const third = runs.startAgain()
    await third.waitForScreen(READY)
    await third.waitForScreen(SHOWN.unknown)
    third.type('s')
    await third.waitForScreen(NOT_SETTLED)
    third.kill('SIGKILL')
    await third.exited
    expect(atBroker(broker)).toEqual({ opens: 1, closes: 1, cancels: 0, positions: 0, workingOrders: 0 })
    await expectOneChain(first.home, afterSecond)
  },
  180_000,
)
