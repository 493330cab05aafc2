import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startCommand } from '../testing/running-command.ts'

/** `backtest` as a process, few of them: what it computes is proved in the package of the bots. */

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'backtest-command-'))
  const rows = Array.from({ length: 3_000 }, (_, at) => {
    const bid = 8_410 + Math.round(60 * Math.sin(at / 40))
    return `${Date.UTC(2026, 0, 5, 9) + at * 1_000},1.0${bid + 6},1.0${bid},1,1`
  })
  writeFileSync(join(folder, 'ticks.csv'), `timestamp,askPrice,bidPrice,askVolume,bidVolume\n${rows.join('\n')}\n`)
  writeFileSync(
    join(folder, 'waves.ts'),
    `import { buy, close, defineStrategy, integer, type View } from '@scalpdesk/bots'
export default defineStrategy({
  name: 'waves',
  about: 'Buys below the mean.',
  parameters: { length: integer({ default: 100, min: 10, max: 500, step: 100, about: 'ticks' }) },
  indicators: (kit, { length }) => ({ mean: kit.on('tick').sma(length) }),
  decide({ tick, indicators: { mean }, position, isBusy }) {
    if (!mean.isReady || isBusy) return null
    if (!position) return tick.mid < mean.value - 0.0002 ? buy(1, { stop: 30 }) : null
    return tick.mid > mean.value + 0.0002 ? close(position.dealId) : null
  },
})
`,
  )
})
afterAll(() => rmSync(folder, { recursive: true }))

const run = async (...args: readonly string[]) => {
  await using command = startCommand(['backtest', ...args], { SCALPDESK_HOME: join(folder, 'home'), HOME: folder })
  return await command.ended
}
const bot = () => join(folder, 'waves.ts')
const ticks = () => ['--replay', `CS.D.EURUSD.CFD.IP=${join(folder, 'ticks.csv')}`]

it('plays ticks to a file outside of any package, the same each time, and writes its report', async () => {
  const page = join(folder, 'day.html')
  const first = await run(bot(), ...ticks(), '--json', '--seed', '7', '--slippage', '0.5:2', '--report', page)
  expect(first.stderr).toBe('')
  const result = JSON.parse(first.stdout)
  expect(result).toMatchObject({
    strategy: 'waves',
    parameters: { length: 100 },
    seed: 7,
    summary: { ticks: 3_000, failure: null },
  })
  expect(result.summary.trades).toBeGreaterThan(3)
  const written = readFileSync(page, 'utf8')
  expect(written).toContain('Backtest of waves')
  const again = await run(bot(), ...ticks(), '--json', '--seed', '7', '--slippage', '0.5:2', '--report', page)
  expect(again.stdout).toBe(first.stdout)
  expect(readFileSync(page, 'utf8')).toBe(written)
})

it('sweeps over a cache of the ticks that it keeps, shows the best and warns', async () => {
  const { stdout, status } = await run(bot(), ...ticks(), '--sweep', 'length=50..450:100', '--threads', '2')
  expect(status).toBe(0)
  expect(stdout).toContain('5 tries of 5 combinations, best net first, by the time before 2026-01-05 09:34 UTC:')
  expect(stdout).toContain('Before you believe it:')
  expect(readdirSync(join(folder, 'home/cache/ticks'))).toEqual([expect.stringMatching(/^[0-9a-f]{32}\.ticks$/)])
})

it('says what a strategy can be told, and what is wrong, in one sentence', async () => {
  const help = await run(bot(), '--help')
  expect(help.stdout).toContain('waves: Buys below the mean.')
  expect(help.stdout).toMatch(/length {2}ticks; whole, from 10 to 500 \(default 100\)/)
  const wrong = await run(bot(), ...ticks(), '--set', 'length=5')
  expect([wrong.status, wrong.stderr]).toEqual([
    2,
    'scalpdesk: expected parameter length to be a whole number from 10 to 500, but got 5; change it\n',
  ])
})
