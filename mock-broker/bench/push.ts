/**
 * How many updates a second reach 100 clients, all subscribed to the same price: the mock broker beside one `ws.send` for each
 * client and update. The clients count what they get; a row that was merged away would leave them waiting.
 *
 * `pnpm exec node mock-broker/bench/push.ts [--quick]`
 */
import { said, startPinned, stop } from './pinned-process.ts'
import type { PushAddress, Pushed } from './push-server.ts'
import { judge, spread } from './statistics.ts'

const CLIENTS = 100
const isQuick = process.argv.includes('--quick')
const ROUNDS = isQuick ? 3 : 3
const WARM_UP = { floor: 1_024, broker: 16_384 } as const
const UPDATES = { floor: isQuick ? 2_048 : 8_192, broker: isQuick ? 32_768 : 131_072 } as const

const results: Record<keyof typeof UPDATES, Pushed[]> = { floor: [], broker: [] }
for (let round = 0; round < ROUNDS; round++) {
  for (const kind of ['floor', 'broker'] as const) results[kind].push(await measure(kind))
}
console.log(`${CLIENTS} clients, 64 updates a turn of the event loop, ${ROUNDS} rounds`)
for (const kind of ['floor', 'broker'] as const) {
  const name = kind === 'floor' ? 'one ws.send per client and update' : 'the mock broker'
  const show = (pick: (pushed: Pushed) => number, decimals: number): string => spread(results[kind].map(pick), decimals)
  console.log(
    `${name}: ${show(pushed => pushed.perSecond / 1000, 0)} thousand updates/s, ` +
      `${show(pushed => pushed.cpuUs, 2)} us of CPU each, ${show(pushed => pushed.rssMb, 0)} MB`,
  )
}
const ratios = results.broker.map(({ perSecond }, round) => perSecond / (results.floor[round]?.perSecond ?? Number.NaN))
judge('M1', 'times the rate of one ws.send per client and update', 20, ratios)
judge(
  'M1',
  'million updates a second',
  1.5,
  results.broker.map(({ perSecond }) => perSecond / 1e6),
)

async function measure(kind: keyof typeof UPDATES): Promise<Pushed> {
  const updates = String(WARM_UP[kind] + UPDATES[kind])
  const server = startPinned('server', 'push-server.ts', [kind, String(CLIENTS), updates, String(WARM_UP[kind])])
  const address = await said<PushAddress>(server)
  const sink = startPinned('client', 'push-sink.ts', [JSON.stringify(address), String(CLIENTS), updates])
  await said(sink)
  sink.on('message', reached => server.send(reached))
  server.send('go')
  const pushed = await said<Pushed>(server)
  await stop(sink)
  await stop(server)
  return pushed
}
