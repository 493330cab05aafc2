/** Start-up of commands: `--version` beside `node` that prints one line, and `positions --json` beside the same two requests made bare. */
import { spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startMockBroker } from '@scalpdesk/mock-broker'
import { spread } from './statistics.ts'

const PROGRAM = fileURLToPath(new URL('../dist/scalpdesk.js', import.meta.url))
const ROUNDS = Number(process.env.ROUNDS ?? 9)

/** Signs in and lists positions with nothing but Node's own fetch; what the command asks for beside that is its own affair. */
const BARE = `
const { SCALPDESK_URL: base } = process.env
const headers = { 'X-IG-API-KEY': 'mock-api-key', 'Content-Type': 'application/json', Version: '2' }
const login = await fetch(base + '/session', { method: 'POST', headers, body: JSON.stringify({ identifier: 'mock', password: 'mock' }) })
const tokens = { CST: login.headers.get('cst'), 'X-SECURITY-TOKEN': login.headers.get('x-security-token') }
const positions = await fetch(base + '/positions', { headers: { ...headers, ...tokens } })
console.log(JSON.stringify(await positions.json()))
`

async function commands(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'commands-'))
  const hello = join(folder, 'hello.cjs')
  const bare = join(folder, 'bare.mjs')
  writeFileSync(hello, "console.log('hello')")
  writeFileSync(bare, BARE)
  const broker = await startMockBroker({ seed: 7 })
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    SCALPDESK_HOME: folder,
    SCALPDESK_URL: broker.url,
    SCALPDESK_API_KEY: broker.apiKey,
    SCALPDESK_USERNAME: broker.username,
    SCALPDESK_PASSWORD: broker.password,
  }
  const rounds: { node: number; version: number; bare: number; positions: number }[] = []
  for (let round = -2; round < ROUNDS; round++) {
    const node = await run([hello], env)
    const version = await run([PROGRAM, '--version'], env)
    const bareMs = await run([bare], env)
    const positions = await run([PROGRAM, 'positions', '--json'], env)
    if (round >= 0) rounds.push({ node, version, bare: bareMs, positions })
  }
  await broker.close()
  const show = (pick: (round: (typeof rounds)[number]) => number, decimals: number) =>
    spread(rounds.map(pick), decimals)
  console.log(`process start -> end, ${ROUNDS} rounds interleaved`)
  console.log(`node, one line: ${show(({ node }) => node, 0)} ms`)
  console.log(
    `scalpdesk --version: ${show(({ version }) => version, 0)} ms, ratio ${show(({ version, node }) => version / node, 2)} (goal <= 1.4)`,
  )
  console.log(`two bare requests: ${show(round => round.bare, 0)} ms`)
  console.log(
    `positions --json: ${show(({ positions }) => positions, 0)} ms, ratio ${show(round => round.positions / round.bare, 2)}`,
  )
}

function run(args: readonly string[], env: Readonly<Record<string, string>>): Promise<number> {
  return new Promise((resolve, reject) => {
    const startedMs = performance.now()
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'inherit'] })
    child.once('exit', status => {
      if (status === 0) resolve(performance.now() - startedMs)
      else reject(new Error(`expected ${args.join(' ')} to succeed, but it ended with ${status}`))
    })
  })
}

await commands()
