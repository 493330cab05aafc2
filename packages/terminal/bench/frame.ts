import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openTerminal } from '@scalpdesk/testkit'
import { build } from 'esbuild'
import { painterBundle } from '../bundle/painter-bundle.ts'

/**
 * What a frame costs (target U1): three numbers change 60 times a second, on 120x40 and on 200x50 with every pane full. CPU of the whole
 * process and bytes written, for each update, beside the same updates drawn by comparing the full screen. Programs alternate, round by round.
 *
 * `pnpm exec node packages/terminal/bench/frame.ts [rounds] [seconds] [seconds before them]`: by half a minute before them the engine has
 * compiled what runs sixty times a second, as in a session of hours.
 */
const [rounds = '5', seconds = '3', warmUpSeconds = '1.5'] = process.argv.slice(2)
const WAYS = {
  floor: 'full-screen cell diff, one thread',
  'floor-worker': 'full-screen cell diff, drawn by a worker',
  screen: 'our screen, three numbers',
  'screen-moving': 'our screen, chart, ladder, tape moving',
} as const
type Way = keyof typeof WAYS
const SIZES = [
  { columns: 120, rows: 40 },
  { columns: 200, rows: 50 },
] as const
type Size = (typeof SIZES)[number]
const MARK = '\x1b]99;measured\x07'

interface Sample {
  readonly cpuUs: number
  readonly bytes: number
  readonly updates: number
}

const folder = mkdtempSync(join(tmpdir(), 'scalpdesk-frame-'))
try {
  await build(painterBundle(join(folder, 'painter.js')))
  for (const size of SIZES) {
    const samples: Record<Way, Sample[]> = { floor: [], 'floor-worker': [], screen: [], 'screen-moving': [] }
    for (let round = 0; round < Number(rounds); round += 1) {
      for (const way of Object.keys(WAYS) as Way[]) samples[way].push(await run(way, size))
    }
    report(size, samples)
  }
} finally {
  rmSync(folder, { recursive: true })
}

async function run(way: Way, { columns, rows }: Size): Promise<Sample> {
  const result = join(folder, 'result.json')
  const program = fileURLToPath(new URL('./frame-desk.ts', import.meta.url))
  const desk = openTerminal({
    command: process.execPath,
    args: [program, way, join(folder, 'painter.js'), result, seconds, warmUpSeconds],
    columns,
    rows,
  })
  const { code } = await desk.exited
  if (code !== 0) throw new Error(`expected "${way}" to end well, but it ended with ${code}:\n${desk.screen()}`)
  const { updates, cpuUs }: { updates: number; cpuUs: number } = JSON.parse(readFileSync(result, 'utf8'))
  return { updates, cpuUs, bytes: Buffer.byteLength(desk.raw().split(MARK)[1] ?? '') / updates }
}

function report({ columns, rows }: Size, samples: Readonly<Record<Way, readonly Sample[]>>): void {
  const lines = [
    `${columns}x${rows}, 60 updates/s, ${rounds} rounds of ${seconds} s after ${warmUpSeconds} s, node ${process.version}; median (min–max)`,
  ]
  lines.push(row('', 'CPU us/update', 'CPU / floor', 'CPU / floor in a worker', 'bytes/update'))
  for (const way of Object.keys(WAYS) as Way[]) {
    const own = samples[way]
    lines.push(
      row(
        WAYS[way],
        spread(
          own.map(sample => sample.cpuUs),
          0,
        ),
        spread(
          own.map((sample, round) => sample.cpuUs / samples.floor[round]!.cpuUs),
          2,
        ),
        spread(
          own.map((sample, round) => sample.cpuUs / samples['floor-worker'][round]!.cpuUs),
          2,
        ),
        spread(
          own.map(sample => sample.bytes),
          0,
        ),
      ),
    )
  }
  process.stdout.write(`${lines.join('\n')}\n`)
}

function row(name: string, ...figures: readonly string[]): string {
  return name.padEnd(42) + figures.map(figure => figure.padStart(26)).join('')
}

function spread(values: readonly number[], decimals: number): string {
  const sorted = values.toSorted((a, b) => a - b)
  const median = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
  return `${median.toFixed(decimals)} (${sorted[0]?.toFixed(decimals)}–${sorted.at(-1)?.toFixed(decimals)})`
}
