import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { startMockBroker } from '@scalpdesk/mock-broker'
import { expect, it } from 'vitest'
import { closedAfterEach } from './testing/closed-after-each.ts'
import { EURUSD } from './testing/desk-on-broker.ts'
import { openDesk, ROOT } from './testing/running-desk.ts'
import { leanLines, writeTickFile } from './testing/tick-files.ts'

/** Keys while prices come as fast as they do: the real program on a large terminal, orders counted at the mock broker. */

const open = closedAfterEach()

const REAL_TICKS = join(ROOT, '../shared/ticks/binance-usdm-btcusdt-20240808.jsonl.gz')
const ROUND_TRIPS = 5

it('each key pressed on the fastest tape at five times its speed is one order, and none is lost', async ({
  annotate,
}) => {
  const isReal = existsSync(REAL_TICKS)
  if (!isReal) await annotate('../shared/ticks is absent: a made-up tape is played instead')
  const tape = isReal ? `${EURUSD}~${REAL_TICKS}` : `${EURUSD}=${madeUp()}`
  const broker = await startMockBroker({ replay: [tape], speed: 5, loop: true })
  open.push(broker)
  const desk = openDesk({ columns: 200, rows: 50, kitty: true, env: { SCALPDESK_URL: broker.url } })
  open.push(desk)
  await desk.waitForScreen(/READY[\s\S]*FLAT|FLAT[\s\S]*READY/)
  // By a frame after it the program knows that its market was seen.
  const { length } = desk.raw()
  await desk.waitForScreen(() => desk.raw().length > length)
  const sent = (method: string) => broker.dealingRequests().filter(request => request.method === method).length
  const press = (code: number) => desk.type(`\x1b[${code}u\x1b[${code};1:3u`)
  for (let trip = 1; trip <= ROUND_TRIPS; trip++) {
    press((trip % 2 === 0 ? 'b' : 's').charCodeAt(0))
    await desk.waitForScreen(() => sent('POST') === trip)
    await desk.waitForScreen(/■ FILLED: (BOUGHT|SOLD)/)
    press(' '.charCodeAt(0))
    await desk.waitForScreen(() => sent('DELETE') === trip)
    await desk.waitForScreen(/■ FLAT/)
  }
  expect([sent('POST'), sent('DELETE')]).toEqual([ROUND_TRIPS, ROUND_TRIPS])
  expect(desk.journal().filter(({ kind }) => kind === 'about-to-open')).toHaveLength(ROUND_TRIPS)
}, 120_000)

/** Twenty prices a second, a hundred at five times. */
function madeUp(): string {
  const quotes = Array.from({ length: 4_000 }, (_, index) => {
    const bid = 139_200 + ((index * 7) % 23)
    return [`1.${bid - 100_000}`, `1.${bid - 99_997}`] as const
  })
  return writeTickFile('eurusd-20140508.csv', leanLines(quotes))
}
