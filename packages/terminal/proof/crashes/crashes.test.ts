import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type MockBroker, startMockBroker } from '@scalpdesk/mock-broker'
import { connectIg, Decimal, dealReference, epic } from '@scalpdesk/sdk'
import { waitFor } from '@scalpdesk/testkit'
import { afterEach, expect, it } from 'vitest'
import { openDesk, PROGRAM, type RunningDesk } from '../../src/testing/running-desk.ts'
import { STEP_VARIABLE, STEPS, type StepName } from './step.ts'

/** The real program on a pseudo-terminal, killed with SIGKILL at each step of an order's path and started again; orders are counted at the broker. */

const open: AsyncDisposable[] = []
afterEach(async () => {
  for (const part of open.splice(0).reverse()) await part[Symbol.asyncDispose]()
})

const KILLED = { code: 0, signal: 9 }
const LOADER = `--import=${new URL('die-at-step.ts', import.meta.url).href}`

/** What the broker got of a run that died: opens and closes, and positions that it holds once all is dealt. */
interface AtBroker {
  readonly opens: number
  readonly closes: number
  readonly held: number
}

const NOTHING: AtBroker = { opens: 0, closes: 0, held: 0 }
const OPENED: AtBroker = { opens: 1, closes: 0, held: 1 }
const CLOSED: AtBroker = { opens: 1, closes: 1, held: 0 }

const EXPECTED: Readonly<Record<StepName, AtBroker>> = {
  'entry decided, nothing written': NOTHING,
  'entry in the journal, no byte sent': NOTHING,
  'entry at the socket, not handed to it': NOTHING,
  'entry sent, no answer': OPENED,
  'entry acknowledged, not yet in the journal': OPENED,
  'entry acknowledged, no confirm': OPENED,
  'entry confirmed, not yet in the journal': OPENED,
  'entry confirmed, in the journal': OPENED,
  'flatten pressed, nothing written': OPENED,
  'flatten in the journal, no close decided': OPENED,
  'close decided, nothing written': OPENED,
  'close in the journal, no byte sent': OPENED,
  'close sent, no answer': CLOSED,
  'close acknowledged, not yet in the journal': CLOSED,
  'close acknowledged, no confirm': CLOSED,
  'close confirmed, not yet in the journal': CLOSED,
  'flat, not yet in the journal': CLOSED,
}

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
const WRITTEN: Readonly<Record<StepName, number>> = {
  'entry decided, nothing written': 0,
  'entry in the journal, no byte sent': 1,
  'entry at the socket, not handed to it': 1,
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

it.each(Object.keys(STEPS) as StepName[])(
  'sends nothing twice when it is killed at: %s',
  async step => {
    // Acknowledged long before it is confirmed, so that the two come in this order on a busy machine as well.
    const broker = await startMockBroker({ seed: 7, delays: { confirmMs: 250 } })
    open.push(broker)
    const home = await crashAt(step, broker)
    const expected = EXPECTED[step]
    await waitFor(`${JSON.stringify(expected)} at the broker, which has ${JSON.stringify(atBroker(broker))}`, () =>
      isEqual(atBroker(broker), expected),
    )

    const again = start(broker, { SCALPDESK_HOME: home })
    await again.waitForScreen(expected.held > 0 ? /OPEN[\s\S]*BUY/ : /FLAT/)
    again.type(' ')
    await again.waitForScreen('FLAT: the broker reports no position and no working order')
    expect(atBroker(broker)).toEqual({ opens: expected.opens, closes: expected.opens, held: 0 })
    again.type('q')
    expect(await again.exited).toEqual({ code: 0, signal: null })
  },
  60_000,
)

/** Runs the program until it dies at the step. @returns its home, with the journal that it left. */
async function crashAt(step: StepName, broker: MockBroker): Promise<string> {
  const desk = startToDie(broker, step)
  await desk.waitForScreen(/FLAT[\s\S]*READY/)
  desk.type('b')
  if (!step.startsWith('entry')) {
    await desk.waitForScreen('FILLED: BOUGHT')
    desk.type(' ')
  }
  expect(await endOf(desk, step)).toEqual(KILLED)
  // Reading it parses each line: none is torn.
  const story = desk.journal().map(({ kind }) => kind)
  expect(story.filter(kind => CHAPTERS.includes(kind))).toEqual(CHAPTERS.slice(0, WRITTEN[step]))
  return desk.home
}

async function endOf(desk: RunningDesk, step: StepName): Promise<Awaited<RunningDesk['exited']>> {
  let end: Awaited<RunningDesk['exited']> | null = null
  void desk.exited.then(given => {
    end = given
  })
  return waitFor(`the program to reach the step: ${step}`, () => end, 20_000)
}

const startToDie = (broker: MockBroker, step: StepName): RunningDesk =>
  start(broker, { NODE_OPTIONS: LOADER, [STEP_VARIABLE]: step })

function start(broker: MockBroker, env: Readonly<Record<string, string>>): RunningDesk {
  const desk = openDesk({ env: { SCALPDESK_URL: broker.url, ...env } })
  open.push(desk)
  return desk
}

function atBroker(broker: MockBroker): AtBroker {
  const count = (method: string) => broker.orders().filter(each => each.method === method).length
  return { opens: count('POST'), closes: count('DELETE'), held: broker.positions().length }
}

const isEqual = (one: AtBroker, other: AtBroker): boolean =>
  one.opens === other.opens && one.closes === other.closes && one.held === other.held

it('leaves the second of two positions to the next flatten when it is killed between their closes', async () => {
  const broker = await startMockBroker({ seed: 7 })
  open.push(broker)
  await openElsewhere(broker)
  const desk = startToDie(broker, 'close sent, no answer')
  await desk.waitForScreen(/OPEN[\s\S]*READY/)
  desk.type('b')
  await desk.waitForScreen('FILLED: BOUGHT')
  desk.type(' ')
  expect(await endOf(desk, 'close sent, no answer')).toEqual(KILLED)
  await waitFor('the first close at the broker', () => isEqual(atBroker(broker), { opens: 2, closes: 1, held: 1 }))

  const again = start(broker, { SCALPDESK_HOME: desk.home })
  await again.waitForScreen(/OPEN[\s\S]*BUY/)
  again.type(' ')
  await again.waitForScreen('FLAT: the broker reports no position and no working order')
  expect(atBroker(broker)).toEqual({ opens: 2, closes: 2, held: 0 })
}, 60_000)

/** A position that the program finds when it starts. */
async function openElsewhere({ url, apiKey, username, password }: MockBroker): Promise<void> {
  await using ig = await connectIg({
    environment: new URL(url),
    credentials: { apiKey, identifier: username, password },
  })
  const market = await ig.markets.get(epic('CS.D.EURUSD.CFD.IP'))
  const reference = dealReference('ELSEWHERE')
  const sent = await ig.positions.open({ reference, market, direction: 'BUY', size: new Decimal(1) })
  expect(await ig.settle(sent)).toMatchObject({ kind: 'accepted' })
}

it('has nothing of this in the program that people run', () => {
  const bundle = dirname(PROGRAM)
  const scripts = readdirSync(bundle).filter(file => file.endsWith('.js'))
  expect(scripts).toContain('scalpdesk.js')
  for (const file of scripts) expect(readFileSync(join(bundle, file), 'utf8')).not.toContain(STEP_VARIABLE)
})
