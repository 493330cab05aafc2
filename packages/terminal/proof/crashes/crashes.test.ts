import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { waitFor } from '@scalpdesk/testkit'
import { expect, it } from 'vitest'
import { PROGRAM, type RunningDesk } from '../../src/testing/running-desk.ts'
import { STEP_VARIABLE, type StepName } from './step.ts'
import {
  atBroker,
  died,
  expectOneChain,
  flatten,
  journalFiles,
  openElsewhere,
  READY,
  SHOWN,
  type TwoRuns,
  twoRuns,
  untilAtBroker,
  untilFlat,
} from './two-runs.ts'

/** The real program on a pseudo-terminal, killed with SIGKILL at each step of an order's path and started again; orders are counted at the broker. */

/** What a step leaves. */
interface Left {
  /** Sent by the run that died. */
  readonly opens: 0 | 1
  readonly closes: 0 | 1
  /** The order that the run after has to ask for. */
  readonly question: 'none' | 'entry' | 'close'
  /** `waits`: the broker has it and has not dealt yet when the program is back. `dealt`: it has. `not-sent`: it never got it. */
  readonly at: 'waits' | 'dealt' | 'not-sent'
}

const left = (opens: Left['opens'], closes: Left['closes'], question: Left['question'], at: Left['at']): Left => ({
  opens,
  closes,
  question,
  at,
})

/** The two steps that leave an entry which never arrives take a minute: `never-arrived.test.ts`. */
const LEFT = {
  'entry decided, nothing written': left(0, 0, 'none', 'not-sent'),
  'entry sent, no answer': left(1, 0, 'entry', 'waits'),
  'entry acknowledged, not yet in the journal': left(1, 0, 'entry', 'waits'),
  'entry acknowledged, no confirm': left(1, 0, 'entry', 'waits'),
  'entry confirmed, not yet in the journal': left(1, 0, 'entry', 'dealt'),
  'entry confirmed, in the journal': left(1, 0, 'none', 'dealt'),
  'flatten pressed, nothing written': left(1, 0, 'none', 'dealt'),
  'flatten in the journal, no close decided': left(1, 0, 'none', 'dealt'),
  'close decided, nothing written': left(1, 0, 'none', 'not-sent'),
  'close in the journal, no byte sent': left(1, 0, 'close', 'not-sent'),
  'close sent, no answer': left(1, 1, 'close', 'waits'),
  'close acknowledged, not yet in the journal': left(1, 1, 'close', 'waits'),
  'close acknowledged, no confirm': left(1, 1, 'close', 'waits'),
  'close confirmed, not yet in the journal': left(1, 1, 'close', 'dealt'),
  'flat, not yet in the journal': left(1, 1, 'none', 'dealt'),
} as const satisfies Partial<Record<StepName, Left>>

type Step = keyof typeof LEFT

/** What a whole run writes about its orders. */
const CHAPTERS: readonly string[] = [
  'about-to-open',
  'acknowledged',
  'filled',
  'flatten',
  'about-to-close',
  'acknowledged',
  'filled',
  'flat',
]

/** How many of them are in the journal when the program dies: an order is announced before its first byte. */
const WRITTEN: Readonly<Record<Step, number>> = {
  'entry decided, nothing written': 0,
  'entry sent, no answer': 1,
  'entry acknowledged, not yet in the journal': 1,
  'entry acknowledged, no confirm': 2,
  'entry confirmed, not yet in the journal': 2,
  'entry confirmed, in the journal': 3,
  'flatten pressed, nothing written': 3,
  'flatten in the journal, no close decided': 4,
  'close decided, nothing written': 4,
  'close in the journal, no byte sent': 5,
  'close sent, no answer': 5,
  'close acknowledged, not yet in the journal': 5,
  'close acknowledged, no confirm': 6,
  'close confirmed, not yet in the journal': 6,
  'flat, not yet in the journal': 7,
}

it.concurrent.each(Object.entries(LEFT) as [Step, Left][])(
  'sends nothing twice and finds out by itself when it is killed at: %s',
  async (step, { opens, closes, question, at }) => {
    await using runs = await twoRuns()
    const { broker, deals } = runs
    const { home } = await crashAt(step, runs, at === 'waits')
    const isHeld = question === 'entry' ? at === 'dealt' : opens === 1 && !(closes === 1 && at === 'dealt')
    await untilAtBroker(broker, { opens, closes, positions: isHeld ? 1 : 0 })
    const before = journalFiles(home)

    const again = runs.startAgain()
    await again.waitForScreen(READY)
    if (at !== 'dealt' && question !== 'none') await expectChecking(again, runs, { opens, closes })
    deals.letGo()
    if (question !== 'none') {
      if (at === 'not-sent') await again.waitForScreen('UNKNOWN: close of 1, the position is still listed')
      else await waitFor('the outcome in the journal', () => filledIds(runs).includes(announcedLast(runs)))
    }
    const stays = opens === 1 && !(question === 'close' && at !== 'not-sent') && closes === 0
    if (stays) await again.waitForScreen(SHOWN.open)
    else await untilFlat(again, runs)
    expect(atBroker(broker)).toMatchObject({ opens, closes, positions: stays ? 1 : 0 })

    await flatten(again, runs)
    expect(atBroker(broker)).toMatchObject({ opens, closes: opens, positions: 0 })
    // Settled: entries go again.
    again.type('s')
    await again.waitForScreen('FILLED: SOLD')
    await flatten(again, runs)
    expect(atBroker(broker)).toMatchObject({ opens: opens + 1, closes: opens + 1, positions: 0 })
    again.type('q')
    expect(await again.exited).toEqual({ code: 0, signal: null })
    await expectOneChain(home, before)
  },
)

/** While the outcome is not known: it is said, entries are refused, and nothing is sent by itself. */
async function expectChecking(again: RunningDesk, { broker }: TwoRuns, sent: object): Promise<void> {
  await again.waitForScreen(SHOWN.checking)
  again.type('s')
  await again.waitForScreen('DENIED SELL: the outcome of an earlier order is being checked')
  expect(again.screen()).not.toMatch(SHOWN.flat)
  expect(atBroker(broker)).toMatchObject(sent)
}

const filledIds = (runs: TwoRuns) => runs.journal().flatMap(({ kind, id }) => (kind === 'filled' ? [id] : []))

const announcedLast = (runs: TwoRuns) => runs.journal().findLast(({ kind }) => kind.startsWith('about-to-'))?.id

/** Runs the program until it dies at the step. @param isHeld whether the broker keeps the last order to itself */
async function crashAt(step: Step, runs: TwoRuns, isHeld: boolean): Promise<RunningDesk> {
  const desk = runs.startToDie(step)
  await desk.waitForScreen(/FLAT[\s\S]*READY/)
  const isOfEntry = step.startsWith('entry')
  if (isHeld && isOfEntry) runs.deals.hold()
  desk.type('b')
  if (!isOfEntry) {
    await desk.waitForScreen('FILLED: BOUGHT')
    if (isHeld) runs.deals.hold()
    desk.type(' ')
  }
  await died(desk, step)
  // Reading it parses each line: none is torn.
  const story = desk.journal().map(({ kind }) => kind)
  expect(story.filter(kind => CHAPTERS.includes(kind))).toEqual(CHAPTERS.slice(0, WRITTEN[step]))
  return desk
}

it.concurrent('closes what is held at once while the outcome of an entry is asked for, and then what the entry opens', async () => {
  await using runs = await twoRuns()
  const { broker, deals } = runs
  await openElsewhere(broker)
  const desk = runs.startToDie('entry sent, no answer')
  await desk.waitForScreen(/OPEN[\s\S]*READY/)
  deals.hold()
  desk.type('b')
  await died(desk, 'entry sent, no answer')
  await untilAtBroker(broker, { opens: 2, closes: 0, positions: 1 })

  const again = runs.startAgain()
  await again.waitForScreen(READY)
  again.type(' ')
  await untilAtBroker(broker, { opens: 2, closes: 1, positions: 1 })
  await again.waitForScreen(SHOWN.checking)
  deals.letGo()
  await untilFlat(again, runs)
  expect(atBroker(broker)).toMatchObject({ opens: 2, closes: 2, positions: 0 })
})

it.concurrent('sends a close again at a press of the key only, when the one before has no outcome', async () => {
  await using runs = await twoRuns()
  const { broker, deals } = runs
  await crashAt('close sent, no answer', runs, true)
  const again = runs.startAgain()
  await again.waitForScreen('UNKNOWN: close of 1, the position is still listed; press the key to close again')
  expect(atBroker(broker)).toMatchObject({ opens: 1, closes: 1, positions: 1 })
  again.type(' ')
  await untilAtBroker(broker, { closes: 2 })
  await waitFor('both closes to wait for their deal', () => deals.waiting === 2)
  deals.letGo()
  await untilFlat(again, runs)
  // Both name the position: the second finds nothing, and opens nothing.
  expect(atBroker(broker)).toMatchObject({ opens: 1, closes: 2, positions: 0 })
})

it.concurrent('loses no question when the run after it is killed, too', async () => {
  await using runs = await twoRuns()
  const { broker, deals } = runs
  const { home } = await crashAt('entry sent, no answer', runs, true)
  const second = runs.startAgain()
  await second.waitForScreen(SHOWN.checking)
  second.kill('SIGKILL')
  await second.exited
  const before = journalFiles(home)
  const third = runs.startAgain()
  await third.waitForScreen(READY)
  await expectChecking(third, runs, { opens: 1, closes: 0 })
  deals.letGo()
  await third.waitForScreen('FILLED: BOUGHT')
  await third.waitForScreen(SHOWN.open)
  expect(atBroker(broker)).toMatchObject({ opens: 1, closes: 0, positions: 1 })
  await expectOneChain(home, before)
})

it.concurrent('leaves the second of two positions to the next flatten when it is killed between their closes', async () => {
  await using runs = await twoRuns()
  const { broker } = runs
  await openElsewhere(broker)
  const desk = runs.startToDie('close sent, no answer')
  await desk.waitForScreen(/OPEN[\s\S]*READY/)
  desk.type('b')
  await desk.waitForScreen('FILLED: BOUGHT')
  desk.type(' ')
  await died(desk, 'close sent, no answer')
  await untilAtBroker(broker, { opens: 2, closes: 1, positions: 1 })

  const again = runs.startAgain()
  await again.waitForScreen(SHOWN.open)
  await flatten(again, runs)
  expect(atBroker(broker)).toMatchObject({ opens: 2, closes: 2, positions: 0 })
})

it('has nothing of this in the program that people run', () => {
  const bundle = dirname(PROGRAM)
  const scripts = readdirSync(bundle).filter(file => file.endsWith('.js'))
  expect(scripts).toContain('scalpdesk.js')
  for (const file of scripts) expect(readFileSync(join(bundle, file), 'utf8')).not.toContain(STEP_VARIABLE)
})

it.concurrent('says which order it asks for, and does not say READY as if nothing were open', async () => {
  await using runs = await twoRuns()
  await crashAt('entry sent, no answer', runs, true)
  const again = runs.startAgain()
  await again.waitForScreen(/UNKNOWN, CHECKING: BUY 1/)
  expect(again.screen()).not.toContain('READY: nothing is open')
})

it.concurrent('closes at the first press after a restart, though a close of the run before has no outcome', async () => {
  await using runs = await twoRuns()
  await crashAt('close in the journal, no byte sent', runs, false)
  const again = runs.startAgain()
  await again.waitForScreen(READY)
  again.type(' ')
  await untilAtBroker(runs.broker, { closes: 1 })
  // Not after the old one was given up.
  expect(again.screen()).not.toContain('UNKNOWN: close of 1')
  await untilFlat(again, runs)
  expect(atBroker(runs.broker)).toMatchObject({ opens: 1, closes: 1, positions: 0 })
})
