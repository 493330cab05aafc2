import { execFile } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { FuzzCounts, PropertyCounts, ProvedTest, SimulationCounts, SoakCounts, TrustFacts } from './trust-facts.ts'

const run = promisify(execFile)
export const ROOT = fileURLToPath(new URL('../../../..', import.meta.url))

/** How much of it all is run. */
export interface Thoroughness {
  readonly sessions: number
  readonly fuzzLines: number
  readonly soakDays: number
  /** In each session of a day. */
  readonly soakTrades: number
  /** With the proofs that start programs and wait for them. */
  readonly hasProcesses: boolean
}

export const FULL: Thoroughness = {
  sessions: 10_000,
  fuzzLines: 1_000_000,
  soakDays: 28,
  soakTrades: 10,
  hasProcesses: true,
}
export const QUICK: Thoroughness = { sessions: 10, fuzzLines: 2_000, soakDays: 1, soakTrades: 2, hasProcesses: false }

/** Runs every proof: those that compute beside those that wait. What is broken is told as such, and no reason to tell nothing. */
export async function gather(how: Thoroughness, say: (what: string) => void): Promise<TrustFacts> {
  // Before anything else: work may go on meanwhile.
  const commit = (await run('git', ['rev-parse', '--short=12', 'HEAD'], { cwd: ROOT })).stdout.trim()
  const [computed, waited] = await Promise.all([compute(how, say), how.hasProcesses ? wait(say) : NOT_RUN])
  return {
    date: new Date().toISOString().slice(0, 10),
    commit,
    machine: `Node ${process.versions.node}, ${process.platform} ${process.arch}, ${cpus().length} cores`,
    properties: countedProperties(),
    ...computed,
    ...waited,
  }
}

const NOT_RUN = { lostAnswers: null, crashes: null, clients: null }

async function compute(how: Thoroughness, say: (what: string) => void) {
  say(`${how.soakDays} days without a restart`)
  const soak = await lastJson<SoakCounts>(
    'packages/terminal/proof/soak/run.ts',
    ['--days', `${how.soakDays}`, '--trades', `${how.soakTrades}`, '--json'],
    counting,
  )
  say(`${how.fuzzLines} mutated lines`)
  const fuzz = await lastJson<FuzzCounts>('packages/tlcp/fuzz/run.ts', [`${how.fuzzLines}`])
  say(`${how.sessions} made-up sessions`)
  const simulation = await lastJson<SimulationCounts>(
    'packages/desk/simulation/run.ts',
    ['--runs', `${how.sessions}`],
    counting,
  )
  return { soak, fuzz, simulation }
}

async function wait(say: (what: string) => void) {
  const lostAnswers = await orderTable(say)
  const crashes = await proofs('packages/terminal/proof/crashes', say)
  const clients = await proofs('mock-broker', say, CLIENT_TESTS)
  return { lostAnswers, crashes, clients }
}

/** Each runs a client that others wrote. */
const CLIENT_TESTS = ['mock-broker/server/ig-trading-api.test.ts', 'mock-broker/server/stream/official-clients.test.ts']

/** Of what a command prints, the line that is JSON. */
async function lastJson<Told>(script: string, args: readonly string[], ran = node): Promise<Told> {
  const { stdout } = await ran([script, ...args])
  const line = stdout.split('\n').findLast(text => text.startsWith('{'))
  if (line === undefined)
    throw new Error(`expected a line of JSON from ${script}, but got ${stdout.slice(0, 200)}; run it alone`)
  return JSON.parse(line) as Told
}

async function orderTable(say: (what: string) => void): Promise<string> {
  say('orders whose answer is lost')
  const { stdout } = await node(['packages/terminal/proof/lost-answers/run.ts'])
  const [orders] = stdout.split('\n\n')
  if (!orders?.startsWith('| Orders sent'))
    throw new Error('expected the table of orders first; run `pnpm lost-answers` alone')
  return orders
}

/** The tests of a folder, as vitest reports them. */
async function proofs(
  folder: string,
  say: (what: string) => void,
  files: readonly string[] = [folder],
): Promise<readonly ProvedTest[]> {
  say(`the proofs of ${folder}`)
  const out = mkdtempSync(join(tmpdir(), 'trust-'))
  const json = join(out, 'report.json')
  const config = ['--config', 'packages/testkit/vitest.config.ts', '--root', '.']
  try {
    await counting([
      'node_modules/vitest/vitest.mjs',
      'run',
      ...config,
      '--reporter=json',
      `--outputFile=${json}`,
      ...files,
    ])
    const report = JSON.parse(readFileSync(json, 'utf8')) as VitestReport
    return report.testResults.flatMap(({ name, assertionResults }) =>
      assertionResults.map(({ fullName, status }) => ({
        file: relative(ROOT, name),
        title: fullName,
        passed: status === 'passed',
      })),
    )
  } finally {
    rmSync(out, { recursive: true })
  }
}

interface VitestReport {
  readonly testResults: readonly {
    readonly name: string
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[]
  }[]
}

function countedProperties(): PropertyCounts {
  const files = globSync(['packages/**/*.test.{ts,tsx}', 'mock-broker/**/*.test.ts'], {
    cwd: ROOT,
    exclude: name => name.includes('node_modules') || name.includes('dist'),
  })
  const counts = files.map(
    file => readFileSync(join(ROOT, file), 'utf8').match(/\bfc\.(?:asyncP|p)roperty\(/g)?.length ?? 0,
  )
  return { properties: counts.reduce((sum, count) => sum + count, 0), files: counts.filter(count => count > 0).length }
}

/** @throws where a proof ends with another status than 0: a page without it says less than it seems to */
const node = (args: readonly string[]): Promise<{ readonly stdout: string }> =>
  run(process.execPath, args, { cwd: ROOT, maxBuffer: MOST_OUTPUT_BYTES })

/** One that counts what is broken among the rest ends with 1 then, and is heard all the same. */
async function counting(args: readonly string[]): Promise<{ readonly stdout: string }> {
  return node(args).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 1 && 'stdout' in error)
      return { stdout: String(error.stdout) }
    throw error
  })
}

const MOST_OUTPUT_BYTES = 64 * 1024 * 1024
