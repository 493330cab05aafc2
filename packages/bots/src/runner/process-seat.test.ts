import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { parameterValues } from '../strategy/parameter-check.ts'
import { loadApart } from './process-seat.ts'
import type { SeatNews } from './seat-news.ts'

const MARKET = {
  epic: 'CS.D.EURUSD.CFD.IP',
  name: 'EUR/USD',
  decimals: 5,
  unitsPerPoint: 10,
  minSize: 0.1,
  minStopPoints: 2,
  currency: 'USD',
}
const tick = (atMs: number): SeatNews => ({
  kind: 'tick',
  epic: MARKET.epic,
  atMs,
  bidUnits: 108_400,
  offerUnits: 108_406,
})

/** Time passes when the thread is to be given up, and not before: however slow the machine is. */
function patientClock() {
  let due: (() => void) | null = null
  return {
    clock: {
      monotonicMs: () => 0,
      at(_dueMs: number, run: () => void) {
        due = run
        return {
          cancel() {
            due = null
          },
        }
      },
    },
    runOut: () => due?.(),
  }
}

async function loaded(source: string, memoryMb?: number) {
  const folder = mkdtempSync(join(tmpdir(), 'seat-'))
  const file = join(folder, 'bot.ts')
  writeFileSync(file, source)
  const { clock, runOut } = patientClock()
  const program = new URL('./strategy-process.ts', import.meta.url)
  const botsUrl = new URL('../index.ts', import.meta.url)
  const strategy = await loadApart(file, { clock, program, botsUrl, ...(memoryMb !== undefined && { memoryMb }) })
  onTestFinished(async () => {
    await strategy.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const parameters = parameterValues(strategy.card.parameters, {})
  const seat = await strategy.seat({ parameters, markets: [MARKET], seed: 1 })
  return { seat, runOut, card: strategy.card }
}

it('asks a strategy in a process of its own, which has nothing of the environment, and gives one up that never returns', async () => {
  process.env.SECRET_OF_THE_TEST = 'secret'
  onTestFinished(() => void delete process.env.SECRET_OF_THE_TEST)
  const { seat, runOut, card } = await loaded(`
    import { buy, defineStrategy, say } from '@scalpdesk/bots'
    export default defineStrategy({
      name: 'loop',
      decide({ nowMs }) {
        if (nowMs === 2) for (;;);
        return [buy(0.1, { stop: 10 }), say(String(process.env.SECRET_OF_THE_TEST))]
      },
    })`)
  expect(card).toMatchObject({ name: 'loop', exitPolicy: 'flatten' })
  expect(await seat.ask([tick(1)])).toEqual({
    wanted: [
      { kind: 'trade', epic: MARKET.epic, intent: { kind: 'buy', size: 0.1, stop: 10 } },
      { kind: 'say', text: 'undefined' },
    ],
    end: null,
  })
  const answer = seat.ask([tick(2)])
  runOut()
  await expect(answer).rejects.toThrow('the strategy did not return within 1000 ms and was stopped')
  await expect(seat.ask([tick(3)])).rejects.toThrow('did not return')
})

it('survives a strategy that takes more memory than it may', async () => {
  const { seat } = await loaded(
    `
    import { defineStrategy } from '@scalpdesk/bots'
    const kept: string[][] = []
    export default defineStrategy({
      name: 'leak',
      decide() {
        for (;;) kept.push(Array.from({ length: 100_000 }, (_, n) => String(n)))
      },
    })`,
    48,
  )
  await expect(seat.ask([tick(1)])).rejects.toThrow('the strategy took more memory than its 48 MB')
})
