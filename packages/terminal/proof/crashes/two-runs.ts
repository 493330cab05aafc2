import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type MockBroker, startMockBroker } from '@scalpdesk/mock-broker'
import { connectIg, Decimal, dealReference, epic } from '@scalpdesk/sdk'
import { waitFor } from '@scalpdesk/testkit'
import { expect } from 'vitest'
import { startCommand } from '../../src/testing/running-command.ts'
import { openDesk, type RunningDesk } from '../../src/testing/running-desk.ts'
import { builtProgram } from './built-program.ts'
import { type HeldDeals, heldDeals } from './held-deals.ts'
import { STEP_VARIABLE, type StepName } from './step.ts'

/** A broker, the program that is killed, and the program that is started after it in the same home. */
export interface TwoRuns extends AsyncDisposable {
  readonly broker: MockBroker
  readonly deals: HeldDeals
  /** The run that dies at the step. */
  startToDie(step: StepName): RunningDesk
  /** Another one in the home of the run that died. */
  startAgain(env?: Readonly<Record<string, string>>): RunningDesk
  /** Every record in that home, of all runs. */
  journal(): ReturnType<RunningDesk['journal']>
}

const KILLED = { code: 0, signal: 9 }
export const LOADER = `--import=${builtProgram('die-at-step.ts').href}`

/** A broker that deals when the test says. */
export async function patientBroker(): Promise<Pick<TwoRuns, 'broker' | 'deals'>> {
  const deals = heldDeals()
  const broker = await startMockBroker({ seed: 7, clock: deals.clock, delays: { confirmMs: deals.confirmMs } })
  return { broker, deals }
}

export async function twoRuns(): Promise<TwoRuns> {
  const { broker, deals } = await patientBroker()
  const started: RunningDesk[] = []
  const first = () => started[0] ?? notStarted()
  function start(env: Readonly<Record<string, string>>): RunningDesk {
    const desk = openDesk({ env: { SCALPDESK_URL: broker.url, ...env } })
    started.push(desk)
    return desk
  }
  return {
    broker,
    deals,
    startToDie: step => start({ NODE_OPTIONS: LOADER, [STEP_VARIABLE]: step }),
    startAgain: env => start({ SCALPDESK_HOME: first().home, ...env }),
    journal: () => first().journal(),
    async [Symbol.asyncDispose]() {
      for (const desk of started.reverse()) await desk[Symbol.asyncDispose]()
      await broker[Symbol.asyncDispose]()
    },
  }
}

function notStarted(): never {
  throw new Error('expected a run to have been started, but there is none; call startToDie first')
}

/** Waits until the step has killed it. */
export async function died(desk: RunningDesk, step: StepName): Promise<void> {
  let end: Awaited<RunningDesk['exited']> | null = null
  void desk.exited.then(given => {
    end = given
  })
  expect(await waitFor(`the program to reach the step: ${step}`, () => end)).toEqual(KILLED)
}

/** What the broker got, refused or not, and what it holds. */
export interface AtBroker {
  readonly opens: number
  readonly closes: number
  readonly cancels: number
  readonly positions: number
  readonly workingOrders: number
}

export function atBroker(broker: MockBroker): AtBroker {
  const requests = broker.dealingRequests()
  const count = (method: string, path: string) =>
    requests.filter(each => each.method === method && each.path.startsWith(path)).length
  return {
    opens: count('POST', '/positions/otc'),
    closes: count('DELETE', '/positions/otc'),
    cancels: count('DELETE', '/workingorders/otc'),
    positions: broker.positions().length,
    workingOrders: broker.workingOrders().length,
  }
}

export async function untilAtBroker(broker: MockBroker, expected: Partial<AtBroker>): Promise<void> {
  const isSo = () => {
    const found = atBroker(broker)
    return Object.entries(expected).every(([name, count]) => Reflect.get(found, name) === count)
  }
  await waitFor(`${JSON.stringify(expected)} at the broker`, isSo).catch(() =>
    expect(atBroker(broker)).toMatchObject(expected),
  )
}

/** What is open, as the screen says it. */
export const SHOWN = { flat: /^ FLAT\b/m, open: /^ OPEN\b/m, checking: /^ CHECKING\b/m, unknown: /^ UNKNOWN\b/m }
/** What the broker holds is known; where an order of the run before is not settled yet, that is said in its place. */
export const READY = /READY: |before the restart and not sent again/

/** Waits for FLAT on the screen. It must not be there before the broker holds nothing and deals nothing any more. */
export async function untilFlat(
  desk: RunningDesk,
  { broker, deals }: Pick<TwoRuns, 'broker' | 'deals'>,
): Promise<void> {
  await desk.waitForScreen(SHOWN.flat)
  expect(atBroker(broker)).toMatchObject({ positions: 0, workingOrders: 0 })
  expect(deals.waiting).toBe(0)
}

/** Presses the key that closes everything, and waits until this press is done with: the screen may have said FLAT before. */
export async function flatten(desk: RunningDesk, runs: TwoRuns): Promise<void> {
  const done = () => runs.journal().filter(({ kind, timeToFlatMs }) => kind === 'flat' && timeToFlatMs !== null).length
  const before = done()
  desk.type(' ')
  await waitFor('the flatten’s end in the journal', () => done() > before)
  await untilFlat(desk, runs)
}

/** As one text for each file. */
export function journalFiles(home: string): readonly { readonly path: string; readonly text: string }[] {
  const folder = join(home, 'journal')
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ndjson'))
    .toSorted()
    .map(name => join(folder, name))
    .map(path => ({ path, text: readFileSync(path, 'utf8') }))
}

/** The files of all runs are one whole chain to the program itself, and begin with what the run before left. */
export async function expectOneChain(home: string, before: ReturnType<typeof journalFiles>): Promise<void> {
  const files = journalFiles(home)
  for (const { path, text } of before)
    expect(files.find(file => file.path === path)?.text.startsWith(text), `${path} to be gone on with`).toBe(true)
  await using command = startCommand(['journal', 'verify', ...files.map(({ path }) => path)])
  expect(await command.ended).toMatchObject({ status: 0, stderr: '' })
}

const MARKET = epic('CS.D.EURUSD.CFD.IP')

const signedIn = ({ url, apiKey, username, password }: MockBroker) =>
  connectIg({ environment: new URL(url), credentials: { apiKey, identifier: username, password } })

/** A position that the program finds when it starts. */
export async function openElsewhere(broker: MockBroker): Promise<void> {
  await using ig = await signedIn(broker)
  const market = await ig.markets.get(MARKET)
  const reference = dealReference('ELSEWHERE')
  const sent = await ig.positions.open({ reference, market, direction: 'BUY', size: new Decimal(1) })
  expect(await ig.settle(sent)).toMatchObject({ kind: 'accepted' })
}

/** A working order, too far away to be dealt. */
export async function placeElsewhere(broker: MockBroker): Promise<void> {
  await using ig = await signedIn(broker)
  const market = await ig.markets.get(MARKET)
  const reference = dealReference('RESTING')
  const [level, size] = [new Decimal('1.05'), new Decimal(1)]
  const order = { reference, market, kind: 'limit', direction: 'BUY', size, level, goodTill: 'cancelled' } as const
  expect(await ig.settle(await ig.orders.place(order))).toMatchObject({ kind: 'accepted' })
}
