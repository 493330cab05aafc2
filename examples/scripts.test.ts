import { execFile } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it, onTestFinished, vi } from 'vitest'

/** Runs an example in this process, which is cheaper than one of its own; it has to end by itself. */
async function saidBy(program: Promise<unknown>, said: readonly string[]): Promise<readonly string[]> {
  await program
  return said
}

function listening(): string[] {
  const said: string[] = []
  const spy = vi.spyOn(console, 'log').mockImplementation(text => void said.push(String(text)))
  onTestFinished(() => spy.mockRestore())
  return said
}

/** What it wrote, and takes it away. */
function written(line: string | undefined): string {
  const file = line?.split(' in ').at(-1) ?? ''
  const text = readFileSync(file, 'utf8')
  rmSync(dirname(file), { recursive: true })
  return text
}

it('survive-a-drop comes back with prices after its stream was cut', async () => {
  const said = await saidBy(import('./survive-a-drop/main.ts'), listening())
  expect(said.join('\n')).toMatch(
    /stream: live\ncutting every socket of the stream\n(stream: \w+\n)*stream: live\nprices again, continuity: recovered\nopen positions: 0\nstream: closed$/,
  )
})

it('tick-recorder writes a tape that a strict reader takes', async () => {
  const said = await saidBy(import('./tick-recorder/main.ts'), listening())
  expect(said.at(-1)).toMatch(/^20 ticks of EUR\/USD in /)
  expect(written(said.at(-1)).trimEnd().split('\n')).toHaveLength(21)
})

it('daily-report-cron writes a report whose rows add up to what it says', async () => {
  process.argv.push('--now')
  onTestFinished(() => void process.argv.pop())
  const said = await saidBy(import('./daily-report-cron/main.ts'), listening())
  const [, deals, sum] = /^(\d+) deals, (-?[\d.]+) EUR, in /.exec(said.at(-1) ?? '') ?? []
  const results = written(said.at(-1))
    .trimEnd()
    .split('\n')
    .slice(2)
    .map(line => Number(line.split('|').at(-2)))
  expect(results).toHaveLength(Number(deals))
  expect(results.reduce((all, each) => all + each, 0)).toBeCloseTo(Number(sum), 2)
})

it('telegram-free-alert posts once to the webhook when the price leaves its range', async () => {
  const said = await saidBy(import('./telegram-free-alert/main.ts'), listening())
  expect(said).toEqual(['the webhook got {"market":"EUR/USD","bid":"1.0912","text":"EUR/USD is at 1.0912"}'])
})

it('custom-hotkeys are settings that the program takes', async () => {
  const program = fileURLToPath(new URL('../packages/terminal/dist/scalpdesk.js', import.meta.url))
  expect(existsSync(program)).toBe(true)
  const home = fileURLToPath(new URL('custom-hotkeys', import.meta.url))
  const env = { ...process.env, SCALPDESK_HOME: home }
  const { stdout } = await promisify(execFile)(process.execPath, [program, 'config', 'check', '--json'], { env })
  expect(JSON.parse(stdout)).toMatchObject({ problems: [] })
})
