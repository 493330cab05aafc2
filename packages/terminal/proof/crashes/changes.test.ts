import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import type { MockBroker } from '@scalpdesk/mock-broker'
import { waitFor } from '@scalpdesk/testkit'
import { expect, it } from 'vitest'
import { type KeptRecord, wholeRecords } from '../../src/testing/kept-records.ts'
import { openDesk } from '../../src/testing/running-desk.ts'
import { builtProgram } from './built-program.ts'
import { STEP_VARIABLE, type StepName } from './step.ts'
import { expectOneChain, journalFiles, LOADER, patientBroker, READY, untilFlat } from './two-runs.ts'

/** Orders without a key: the desk's program is killed, and the one that people run is started in its home. */

type About = 'amend' | 'place' | 'cancel'

/** What the step leaves: `unannounced`, in the journal but `unsent`, `waits` at the broker for its deal, or `dealt`. */
type Left = 'unannounced' | 'unsent' | 'waits' | 'dealt'

const LEFT = {
  'amendment decided, nothing written': ['amend', 'unannounced'],
  'amendment in the journal, no byte sent': ['amend', 'unsent'],
  'amendment sent, no answer': ['amend', 'waits'],
  'amendment acknowledged, not yet in the journal': ['amend', 'waits'],
  'amendment acknowledged, no confirm': ['amend', 'waits'],
  'amendment confirmed, not yet in the journal': ['amend', 'dealt'],
  'placing decided, nothing written': ['place', 'unannounced'],
  'placing in the journal, no byte sent': ['place', 'unsent'],
  'placing sent, no answer': ['place', 'waits'],
  'placing acknowledged, not yet in the journal': ['place', 'waits'],
  'placing acknowledged, no confirm': ['place', 'waits'],
  'placing confirmed, not yet in the journal': ['place', 'dealt'],
  'single cancellation decided, nothing written': ['cancel', 'unannounced'],
  'single cancellation in the journal, no byte sent': ['cancel', 'unsent'],
  'single cancellation sent, no answer': ['cancel', 'waits'],
  'single cancellation acknowledged, not yet in the journal': ['cancel', 'waits'],
  'single cancellation acknowledged, no confirm': ['cancel', 'waits'],
  'single cancellation confirmed, not yet in the journal': ['cancel', 'dealt'],
} as const satisfies Partial<Record<StepName, readonly [About, Left]>>

type Step = keyof typeof LEFT

/** What the broker holds, as far as these orders change it. */
interface Book {
  readonly stops: readonly (number | null)[]
  readonly workingOrders: number
}

const bookOf = (broker: MockBroker): Book => ({
  stops: broker.positions().map(({ position }) => position.stopLevel),
  workingOrders: broker.workingOrders().length,
})

/** By two points of the fourth decimal. */
const CHANGED: Readonly<Record<About, (book: Book) => Book>> = {
  amend: book => ({ ...book, stops: book.stops.map(stop => stop && Math.round(stop * 1e5 + 20) / 1e5) }),
  place: book => ({ ...book, workingOrders: 1 }),
  cancel: book => ({ ...book, workingOrders: 0 }),
}

const REQUESTS: Readonly<Record<About, readonly [method: string, path: string]>> = {
  amend: ['PUT', '/positions/otc/'],
  place: ['POST', '/workingorders/otc'],
  cancel: ['DELETE', '/workingorders/otc'],
}

function sentTo(broker: MockBroker, about: About): number {
  const [method, path] = REQUESTS[about]
  return broker.dealingRequests().filter(each => each.method === method && each.path.startsWith(path)).length
}

const recordsIn = (home: string): readonly KeptRecord[] => journalFiles(home).flatMap(({ text }) => wholeRecords(text))

const told = (home: string, kind: 'done' | 'unresolved', id: unknown) =>
  waitFor(`${kind} in the journal`, () => recordsIn(home).some(each => each.kind === kind && each.id === id))

const PROGRAM = builtProgram('desk-program.ts')

function startToDie(about: About, step: Step, env: Readonly<Record<string, string>>) {
  const around = { ...process.env, ...env, NODE_OPTIONS: LOADER, [STEP_VARIABLE]: step }
  const dying: ChildProcessByStdio<Writable, Readable, null> = spawn(process.execPath, [PROGRAM.path, about], {
    env: around,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  return dying
}

it.concurrent.each(Object.keys(LEFT) as Step[])(
  'sends nothing twice, and finds out what became of it, when it is killed at: %s',
  async step => {
    const [about, leaves] = LEFT[step]
    const runs = await patientBroker()
    const { broker, deals } = runs
    await using _broker = broker
    const home = mkdtempSync(join(tmpdir(), 'scalpdesk-'))
    const env = { SCALPDESK_URL: broker.url, SCALPDESK_HOME: home }
    const isSent = leaves === 'waits' || leaves === 'dealt'
    const dying = startToDie(about, step, env)
    const died = once(dying, 'exit')
    await Promise.race([once(dying.stdout, 'data'), died])
    const before = bookOf(broker)
    if (leaves === 'waits') deals.hold()
    dying.stdin.write('\n')
    expect(await died).toEqual([null, 'SIGKILL'])
    await waitFor('the order at the broker', () => sentTo(broker, about) === (isSent ? 1 : 0))
    const files = journalFiles(home)
    const id = recordsIn(home).findLast(({ kind }) => kind === `about-to-${about}`)?.id
    expect(id === undefined).toBe(leaves === 'unannounced')

    await using again = openDesk({ env })
    await again.waitForScreen(READY)
    if (leaves === 'waits' || leaves === 'unsent') await again.waitForScreen('UNKNOWN, CHECKING: ')
    if (leaves === 'waits') expect(bookOf(broker)).toEqual(before)
    deals.letGo()
    if (isSent) await told(home, 'done', id)
    // A working order that never came is asked for as long as an entry is: a minute.
    else if (leaves === 'unsent' && about !== 'place') await told(home, 'unresolved', id)
    const after = bookOf(broker)
    if (isSent) expect(after).toEqual(CHANGED[about](before))
    else expect(after).toEqual(before)
    if (isSent && about === 'amend') {
      const announced = recordsIn(home).find(each => each.id === id && each.kind === 'about-to-amend')
      expect(after.stops).toEqual([Number(announced?.stopLevel)])
    }

    again.type(' ')
    await waitFor('nothing at the broker', () => broker.positions().length + broker.workingOrders().length === 0)
    // By itself nothing was sent; an order that was not cancelled yet is, by this press.
    expect(sentTo(broker, about)).toBe(isSent || about === 'cancel' ? 1 : 0)
    if (leaves !== 'unsent' || about !== 'place') await untilFlat(again, runs)
    await expectOneChain(home, files)
  },
)
