/**
 * 10,000 keys in bursts of one to five through a pseudo-terminal, with marked pastes between: how many were handled, each once,
 * and how long a key takes to its handler beside bare reads of standard input in the same run.
 */
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { openTerminal, seededRandom } from '@scalpdesk/testkit'
import type { BurstReport } from './burst-keys.ts'
import { quantile, spread } from './statistics.ts'

const KEYS = Number(process.env.KEYS ?? 10_000)
const ROUNDS = Number(process.env.ROUNDS ?? 3)
const GAP_MS = 3
const PASTE_EVERY = 50
const PASTE = '\x1b[200~bsbsbs 123\x1b[201~'
/** Entries, exits and harmless keys; none twice in a row, which would be a hold. All of one length in each encoding. */
const LETTERS = [...'bhs5xv6gj7']

const ENCODINGS = {
  legacy: LETTERS,
  // Three digits for every code, and a press with its release.
  kitty: LETTERS.map(letter => letter.codePointAt(0) ?? 0).map(code => {
    const text = String(code).padStart(3, '0')
    return `\x1b[${text}u\x1b[${text};1:3u`
  }),
} as const

interface Counted {
  readonly sent: number
  readonly handled: number
  readonly acted: number
  readonly pastesSent: number
  readonly pastes: number
  readonly latenciesUs: readonly number[]
}

async function run(way: 'desk' | 'bare', encoding: keyof typeof ENCODINGS, seed: number): Promise<Counted> {
  const keys = ENCODINGS[encoding]
  const outFile = join(mkdtempSync(join(tmpdir(), 'key-bursts-')), 'report.json')
  const program = openTerminal({
    command: process.execPath,
    args: [fileURLToPath(new URL('burst-keys.ts', import.meta.url)), way, String(keys[0]?.length)],
    env: { PATH: process.env.PATH ?? '', OUT_FILE: outFile },
  })
  await program.waitForScreen('READY')
  if (encoding === 'kitty' && way === 'desk') program.type('\x1b[?31u')
  const random = seededRandom(seed)
  const sentNs: bigint[] = []
  let pastesSent = 0
  for (let burst = 1; sentNs.length < KEYS; burst++) {
    const length = Math.min(KEYS - sentNs.length, 1 + Math.floor(random.next() * 5))
    const text = Array.from({ length }, (_, at) => keys[(sentNs.length + at) % keys.length] ?? '').join('')
    const atNs = process.hrtime.bigint()
    program.type(text)
    for (let key = 0; key < length; key++) sentNs.push(atNs)
    await pause(GAP_MS)
    // The floor would take pasted text for keys: it gets none.
    if (way === 'desk' && burst % PASTE_EVERY === 0) {
      program.type(PASTE)
      pastesSent++
      await pause(GAP_MS)
    }
  }
  await pause(300)
  program.kill('SIGTERM')
  await program.exited
  const { handledNs, acted, pastes } = JSON.parse(readFileSync(outFile, 'utf8')) as BurstReport
  const latenciesUs = handledNs.flatMap((atNs, key) => {
    const sent = sentNs[key]
    // The first tenth warms both programs.
    return sent === undefined || key < KEYS / 10 ? [] : Number(BigInt(atNs) - sent) / 1_000
  })
  return { sent: sentNs.length, handled: handledNs.length, acted, pastesSent, pastes, latenciesUs }
}

for (const encoding of ['legacy', 'kitty'] as const) {
  const rounds: { readonly floor: Counted; readonly ours: Counted }[] = []
  for (let round = 0; round < ROUNDS; round++)
    rounds.push({ floor: await run('bare', encoding, round), ours: await run('desk', encoding, round) })
  console.log(`${encoding}: ${KEYS} keys in bursts of 1-5, one each ${GAP_MS} ms; ${ROUNDS} rounds`)
  for (const { ours } of rounds)
    console.log(
      `  handled once ${ours.handled} of ${ours.sent} (acted ${ours.acted}, refused with a word ${ours.handled - ours.acted}); pastes ignored ${ours.pastes} of ${ours.pastesSent}`,
    )
  for (const [name, part, goal] of [
    ['p50', 0.5, 1.6],
    ['p99', 0.99, 2],
  ] as const) {
    const of = (which: 'floor' | 'ours') => rounds.map(round => quantile(round[which].latenciesUs, part))
    const ratios = rounds.map(({ floor, ours }) => quantile(ours.latenciesUs, part) / quantile(floor.latenciesUs, part))
    console.log(
      `  key -> handler ${name}: bare reads ${spread(of('floor'), 0)} us, scalpdesk ${spread(of('ours'), 0)} us, ratio ${spread(ratios)} (goal <= ${goal})`,
    )
  }
}
