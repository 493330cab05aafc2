/**
 * Key byte → first byte of the order on the socket, with 1,000 quotes a second arriving and the screen drawing, beside a
 * bare raw-stdin program that writes prebuilt bytes. Both on a pseudo-terminal, both seen from outside by the same
 * receiver, in turns; the ratio is taken round by round.
 */
import { type ChildProcess, fork } from 'node:child_process'
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
const KEYS = Number(process.env.KEYS ?? 100)
/** Over the desk's window for a repeated press: every second key is the same one. */
const GAP_MS = 130

interface Sink {
  readonly port: number
  /** The arrival of the next order after the call, or null after a while. */
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
  const rounds: { floor: number[]; ours: number[] }[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const floor = await timeKeys(sink, floorProgram(sink), ['b'])
    const ours = await timeKeys(sink, ourProgram(sink), ['\x1b[98u\x1b[98;1:3u', '\x1b[32u\x1b[32;1:3u'])
    rounds.push({ floor, ours })
  }
  report(rounds)
}

function report(rounds: readonly { floor: number[]; ours: number[] }[]): void {
  const column = (part: number) => ({
    floor: spread(
      rounds.map(round => quantile(round.floor, part)),
      0,
    ),
    ours: spread(
      rounds.map(round => quantile(round.ours, part)),
      0,
    ),
    ratio: spread(rounds.map(round => quantile(round.ours, part) / quantile(round.floor, part))),
  })
  const counts = rounds.map(round => round.ours.length).join(', ')
  console.log(
    `key byte -> first byte of the order on the socket; ${ROUNDS} rounds of ${KEYS} keys, one each ${GAP_MS} ms`,
  )
  console.log(`1,000 quotes/s, 120x40; orders seen a round: ${counts} of ${KEYS}`)
  for (const [name, part, goal] of [
    ['p50', 0.5, 1.6],
    ['p90', 0.9, null],
    ['p99', 0.99, 2],
  ] as const) {
    const { floor, ours, ratio } = column(part)
    console.log(`${name}: floor ${floor} us, scalpdesk ${ours} us, ratio ${ratio}${goal ? ` (goal <= ${goal})` : ''}`)
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
        const onOrder = (message: { orderAtNs?: string }) => message.orderAtNs && settle(BigInt(message.orderAtNs))
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
