/**
 * Key byte → first byte of the order on the socket, with 1,000 quotes a second arriving and the screen drawing, beside a
 * bare raw-stdin program that writes prebuilt bytes: alone, and while the screen runs beside it, which shows what the machine's
 * load itself costs; and the same through a guard, to whose process the key goes over a local socket. All on a pseudo-terminal, all
 * seen from outside by the same receiver, in turns; the ratios are taken round by round.
 */
import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startMockBroker } from '@scalpdesk/mock-broker'
import { openTerminal, type TerminalSession } from '@scalpdesk/testkit'
import { fastTape } from './fast-tape.ts'
import { quantile, spread } from './statistics.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const ROUNDS = Number(process.env.ROUNDS ?? 4)
const KEYS = Number(process.env.KEYS ?? 60)
/** Over the desk's window for a repeated press, within which it foresees no entry: fast hands, not a burst. */
const GAP_MS = 260

interface Sink {
  readonly port: number
  /** The arrival of the next order after the call, or null after a while. One that was under way before does not count. */
  nextOrderNs(): Promise<bigint | null>
  close(): void
}

async function keyToSocket(): Promise<void> {
  const broker = await startMockBroker({
    replay: [fastTape()],
    from: '12:00',
    delays: { acknowledgeMs: 1, confirmMs: 1 },
  })
  const sink = await openSink(Number(new URL(broker.stream).port))
  await using cleanup = new AsyncDisposableStack()
  cleanup.defer(() => broker.close())
  cleanup.defer(() => sink.close())
  const rounds: Round[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const floor = await timeKeys(sink, floorProgram(sink), ['b'])
    const screen = ourProgram(sink)
    await screen.ready
    const loaded = await timeKeys(sink, floorProgram(sink), ['b'])
    const ours = await timeKeys(sink, screen, OUR_KEYS)
    const guarded = await timeKeys(sink, await guardedProgram(sink), OUR_KEYS)
    rounds.push({ floor, loaded, ours, guarded })
  }
  report(rounds)
}

/** Microseconds of each key. */
interface Round {
  readonly floor: readonly number[]
  /** The floor, while the screen runs beside it. */
  readonly loaded: readonly number[]
  readonly ours: readonly number[]
  readonly guarded: readonly number[]
}

/** `b`, and Space for what it opened. */
const OUR_KEYS = ['\x1b[98u\x1b[98;1:3u', '\x1b[32u\x1b[32;1:3u']

function report(rounds: readonly Round[]): void {
  const micros = (way: keyof Round, part: number) =>
    spread(
      rounds.map(round => quantile(round[way], part)),
      0,
    )
  const ratio = (way: keyof Round, base: keyof Round, part: number) =>
    spread(rounds.map(round => quantile(round[way], part) / quantile(round[base], part)))
  const counts = rounds.map(round => `${round.ours.length}+${round.guarded.length}`).join(', ')
  console.log(
    `key byte -> first byte of the order on the socket; ${ROUNDS} rounds of ${KEYS} keys, one each ${GAP_MS} ms`,
  )
  console.log(`1,000 quotes/s, 120x40; orders seen a round: ${counts} of ${KEYS}`)
  for (const [name, part, goal] of [
    ['p50', 0.5, 1.6],
    ['p90', 0.9, null],
    ['p99', 0.99, 2],
  ] as const) {
    console.log(
      `${name}: floor ${micros('floor', part)} us, beside the screen ${micros('loaded', part)} us, scalpdesk ${micros('ours', part)} us; ` +
        `of the floor ${ratio('ours', 'floor', part)}${goal ? ` (goal <= ${goal})` : ''}, of the floor beside the screen ${ratio('ours', 'loaded', part)}`,
    )
    console.log(
      `     through a guard ${micros('guarded', part)} us; of the floor ${ratio('guarded', 'floor', part)}, of the direct way ${ratio('guarded', 'ours', part)}`,
    )
  }
}

interface Program {
  type(text: string): void
  ready: Promise<unknown>
  end(): Promise<unknown>
}

function floorProgram(sink: Sink): Program {
  const session = openTerminal({
    command: process.execPath,
    args: [join(here, 'bare-keys.ts'), String(sink.port)],
    columns: 120,
    rows: 40,
    env: environment(),
  })
  return { type: session.type, ready: session.waitForScreen('READY'), end: () => end(session) }
}

function ourProgram(sink: Sink): Program {
  const home = mkdtempSync(join(tmpdir(), 'scalpdesk-bench-'))
  const session = openTerminal({
    command: process.execPath,
    args: [join(here, '../dist/scalpdesk.js')],
    columns: 120,
    rows: 40,
    kitty: true,
    env: { ...environment(), SCALPDESK_HOME: home, SCALPDESK_URL: `http://127.0.0.1:${sink.port}/gateway/deal` },
  })
  return {
    type: session.type,
    ready: session.waitForScreen(/FLAT[\s\S]*READY/),
    end: () => end(session),
  }
}

/** The desk in a process of its own, as `scalpdesk guard` is, and a screen that is attached to it. */
async function guardedProgram(sink: Sink): Promise<Program> {
  const home = mkdtempSync(join(tmpdir(), 'scalpdesk-bench-'))
  const url = `http://127.0.0.1:${sink.port}/gateway/deal`
  const env = { ...environment(), SCALPDESK_HOME: home, SCALPDESK_URL: url }
  const guard = spawn(process.execPath, [join(here, '../dist/scalpdesk.js'), 'guard', '--json'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(guard.stdout, 'data')
  const session = openTerminal({
    command: process.execPath,
    args: [join(here, '../dist/scalpdesk.js')],
    columns: 120,
    rows: 40,
    kitty: true,
    env,
  })
  async function armed(): Promise<void> {
    await session.waitForScreen(/DISARMED[\s\S]*FLAT[\s\S]*READY/)
    session.type('\x1b[97u\x1b[97;1:3u')
    await session.waitForScreen(/MOCK +ARMED/)
  }
  return {
    type: session.type,
    ready: armed(),
    async end() {
      await end(session)
      const gone = once(guard, 'exit')
      guard.kill()
      await gone
    },
  }
}

function end(session: TerminalSession): Promise<unknown> {
  session.kill()
  return session.exited
}

async function timeKeys(sink: Sink, program: Program, keys: readonly string[]): Promise<number[]> {
  await program.ready
  const latenciesUs: number[] = []
  // The first keys warm the path, as a trader's first orders of the day do.
  for (let index = -10; index < KEYS; index++) {
    const arrival = sink.nextOrderNs()
    const typedNs = process.hrtime.bigint()
    program.type(keys[(index + 10) % keys.length] ?? '')
    const [orderNs] = await Promise.all([arrival, gap()])
    if (orderNs !== null && index >= 0) latenciesUs.push(Number(orderNs - typedNs) / 1_000)
  }
  await program.end()
  return latenciesUs
}

const gap = () => new Promise(resolve => setTimeout(resolve, GAP_MS))

async function openSink(brokerPort: number): Promise<Sink> {
  const child: ChildProcess = fork(join(here, 'order-sink.ts'), [String(brokerPort)])
  const port = await new Promise<number>(resolve =>
    child.once('message', (message: { port: number }) => resolve(message.port)),
  )
  return {
    port,
    nextOrderNs: () =>
      new Promise(resolve => {
        const limit = setTimeout(() => settle(null), GAP_MS)
        const askedNs = process.hrtime.bigint()
        function onOrder({ orderAtNs }: { orderAtNs?: string }): void {
          if (orderAtNs !== undefined && BigInt(orderAtNs) >= askedNs) settle(BigInt(orderAtNs))
        }
        function settle(atNs: bigint | null): void {
          clearTimeout(limit)
          child.off('message', onOrder)
          resolve(atNs)
        }
        child.on('message', onOrder)
      }),
    close: () => void child.kill(),
  }
}

function environment(): Record<string, string> {
  return { PATH: process.env.PATH ?? '', HOME: tmpdir(), NODE_ENV: 'production' }
}

await keyToSocket()
