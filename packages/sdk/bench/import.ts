/**
 * What `import '@scalpdesk/sdk'` costs, as published, and what the sign-in costs with it: beside ig-trading-api, axios, undici and a Node that
 * imports nothing. Each in fresh processes, in turns.
 *
 * `pnpm exec node packages/sdk/bench/import.ts [--quick] [--rounds 11]`
 */
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { buildSdk } from './built-sdk.ts'
import { clientCommand, startServer } from './pinned-process.ts'
import { spread, table } from './statistics.ts'
import { API_KEY, BASE_PATH } from './wire-order.ts'

const { values: options } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, rounds: { type: 'string' } },
})
const rounds = Number(options.rounds ?? (options.quick ? 3 : 11))
const packageFolder = fileURLToPath(new URL('..', import.meta.url))

buildSdk()
await using broker = await startServer<{ readonly port: number }>('./broker.ts', ['http'])
const base = `http://127.0.0.1:${broker.info.port}${BASE_PATH}`
const ownRequire = createRequire(import.meta.url)
const axios = pathToFileURL(createRequire(ownRequire.resolve('ig-trading-api')).resolve('axios')).href

/** Module source, run where the packages of this one are found. */
const PROGRAMS: Readonly<Record<string, string>> = {
  'bare node': '',
  undici: "await import('undici')",
  axios: `await import(${JSON.stringify(axios)})`,
  'ig-trading-api 0.13.9': "await import('ig-trading-api')",
  '@scalpdesk/sdk': "await import('@scalpdesk/sdk')",
  '@scalpdesk/sdk, preloadIg()': "await (await import('@scalpdesk/sdk')).preloadIg()",
  'ig-trading-api, signed in': `
    const { APIClient } = await import('ig-trading-api')
    const client = new APIClient('${base}/', '${API_KEY}')
    await client.rest.login.createSession('bench', 'bench')`,
  '@scalpdesk/sdk, signed in': `
    const { connectIg } = await import('@scalpdesk/sdk')
    const credentials = { apiKey: '${API_KEY}', identifier: 'bench', password: 'bench' }
    await connectIg({ environment: new URL('${base}'), credentials })`,
}

interface Cost {
  /** Of the program's own lines. */
  readonly ms: number
  /** From the start of the process to the same point. */
  readonly wholeMs: number
  readonly cpuMs: number
  readonly peakMb: number
}

const seen = new Map<string, Cost[]>(Object.keys(PROGRAMS).map(name => [name, []]))
for (let round = -1; round < rounds; round += 1) {
  for (const [name, costs] of seen) {
    const cost = await run(PROGRAMS[name] ?? '')
    // The first round fills the machine's file cache.
    if (round >= 0) costs.push(cost)
  }
}
console.log(`import and sign-in, ${rounds} fresh processes each, in turns; the built package; median (lowest-highest)`)
const bare = seen.get('bare node')!
const rows = [...seen].map(([name, costs]) => [
  name,
  spread(
    costs.map(cost => cost.ms),
    0,
  ),
  spread(
    costs.map(cost => cost.wholeMs),
    0,
  ),
  spread(costs.map((cost, round) => cost.wholeMs / bare[round]!.wholeMs)),
  spread(
    costs.map(cost => cost.cpuMs),
    0,
  ),
  spread(
    costs.map(cost => cost.peakMb),
    0,
  ),
])
console.log(table(['', 'own ms', 'process ms', '/ bare node', 'CPU ms', 'peak RSS MB'], rows))

function run(source: string): Promise<Cost> {
  const program = `const startMs = performance.now()
    ${source}
    const ms = performance.now() - startMs
    const { user, system } = process.cpuUsage()
    const peakMb = process.resourceUsage().maxRSS / 1024
    process.stdout.write(JSON.stringify({ ms, wholeMs: performance.now(), cpuMs: (user + system) / 1000, peakMb }))
    process.exit()`
  const nodeArgs = ['--conditions=scalpdesk-built', '--input-type=module', '--eval', program]
  const [first = '', ...others] = clientCommand([process.execPath, ...nodeArgs])
  const child = spawn(first, others, { cwd: packageFolder, stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  child.stdout.setEncoding('utf8')
  child.stdout.on('data', chunk => {
    text += chunk
  })
  return new Promise((resolve, reject) => {
    child.on('close', code => {
      if (code === 0) resolve(JSON.parse(text))
      else reject(new Error(`expected the program to end well, but it ended with ${code}:\n${source}`))
    })
  })
}
