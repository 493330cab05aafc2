/**
 * 50 streaming clients with 40 subscriptions each at ten ticks a second and 200 REST requests a second, for a minute: every client
 * gets every row, every request its answer, and memory stays flat.
 *
 * `pnpm exec node mock-broker/bench/soak.ts [--quick]`
 */
import { waitFor } from '@scalpdesk/testkit'
import { WebSocket } from 'ws'
import { said, startPinned, stop } from './pinned-process.ts'
import type { SoakAddress, SoakReport } from './soak-server.ts'
import { median } from './statistics.ts'

const CLIENTS = 50
const REQUESTS_A_SECOND = 200
const SECONDS = process.argv.includes('--quick') ? 10 : 60
const MOST_GROWTH = 1.1

const server = startPinned('server', 'soak-server.ts', [], ['--expose-gc'])
const broker = await said<SoakAddress>(server)
const headers = await signIn()
const clients = await Promise.all(Array.from({ length: CLIENTS }, follow))
const heaps: number[] = []
let rssMb = 0
let ticks: number | null = null
server.on('message', message => {
  const report = message as SoakReport
  if (report.kind === 'done') ticks = report.ticks
  else {
    heaps.push(report.heapMb)
    rssMb = report.rssMb
  }
})
server.send(SECONDS)
const rest = await askSteadily()
const sent = await waitFor('the last tick', () => ticks)
const expected = sent * broker.epics.length
await waitFor('every row', () => clients.every(client => client.rows() >= expected)).catch(() => {})
const lost = clients.map(client => expected - client.rows()).filter(count => count !== 0)
const half = heaps.slice(Math.floor(heaps.length / 2))
const growth = (half.at(-1) ?? Number.NaN) / (half[0] ?? Number.NaN)

console.log(`${CLIENTS} clients x ${broker.epics.length} subscriptions, ${SECONDS} s`)
console.log(
  `heap every 5 s: ${heaps.map(mb => mb.toFixed(0)).join(' ')} MB, median ${median(heaps).toFixed(0)}; RSS ${rssMb.toFixed(0)} MB`,
)
judgeThat('soak: clients that missed a row', lost.length, lost.length === 0)
judgeThat('soak: REST requests without a good answer', rest.failed, rest.failed === 0 && rest.answered > 0)
judgeThat('soak: heap at the end over that at half time', growth.toFixed(2), growth <= MOST_GROWTH)
for (const client of clients) client.close()
await stop(server)

function judgeThat(what: string, value: number | string, isMet: boolean): void {
  if (!isMet) process.exitCode = 1
  console.log(`${what}: ${value}: ${isMet ? 'met' : 'MISSED'}`)
}

async function signIn(): Promise<Readonly<Record<string, string>>> {
  const response = await fetch(`${broker.url}/session`, {
    method: 'POST',
    headers: { 'X-IG-API-KEY': broker.apiKey, Version: '2' },
    body: JSON.stringify({ identifier: broker.username, password: broker.password }),
  })
  return {
    'X-IG-API-KEY': broker.apiKey,
    CST: response.headers.get('CST') ?? '',
    'X-SECURITY-TOKEN': response.headers.get('X-SECURITY-TOKEN') ?? '',
  }
}

async function follow(): Promise<{ rows(): number; close(): void }> {
  const socket = new WebSocket(`${broker.stream.replace('http', 'ws')}/lightstreamer`, ['TLCP-2.4.0.lightstreamer.com'])
  let rows = 0
  let confirmed = 0
  socket.on('message', message => {
    for (const line of message.toString().split('\r\n')) {
      if (line.startsWith('U,')) rows++
      else if (line.startsWith('CONF,')) confirmed++
    }
  })
  await new Promise((resolve, reject) => {
    socket.on('open', resolve)
    socket.on('error', reject)
  })
  const password = encodeURIComponent(`CST-${headers.CST}|XST-${headers['X-SECURITY-TOKEN']}`)
  socket.send(`create_session\r\nLS_cid=soak&LS_user=${broker.accountId}&LS_password=${password}`)
  broker.epics.forEach((epic, index) => {
    const item = encodeURIComponent(`PRICE:${broker.accountId}:${epic}`)
    socket.send(
      `control\r\nLS_reqId=${index + 1}&LS_op=add&LS_subId=${index + 1}&LS_mode=MERGE&LS_data_adapter=Pricing&LS_group=${item}&LS_schema=BIDPRICE1%20ASKPRICE1%20TIMESTAMP&LS_ack=false`,
    )
  })
  await waitFor('the subscriptions', () => confirmed === broker.epics.length)
  return { rows: () => rows, close: () => socket.terminate() }
}

/** Reads, and an order for each nineteen of them. */
async function askSteadily(): Promise<{ readonly answered: number; readonly failed: number }> {
  let answered = 0
  let failed = 0
  const startMs = performance.now()
  const waiting = new Set<Promise<void>>()
  for (let index = 0; index < SECONDS * REQUESTS_A_SECOND; index++) {
    const request = ask(index).then(
      isGood => {
        answered++
        if (!isGood) failed++
      },
      () => {
        failed++
      },
    )
    waiting.add(request)
    void request.then(() => waiting.delete(request))
    const dueMs = startMs + ((index + 1) * 1000) / REQUESTS_A_SECOND
    await new Promise(resolve => setTimeout(resolve, Math.max(0, dueMs - performance.now())))
  }
  await Promise.all(waiting)
  return { answered, failed }
}

async function ask(index: number): Promise<boolean> {
  const epic = broker.epics[index % broker.epics.length]
  if (index % 20 !== 0) {
    const path = index % 2 === 0 ? '/positions' : `/markets/${epic}`
    const response = await fetch(broker.url + path, { headers: { ...headers, Version: '2' } })
    await response.text()
    return response.ok
  }
  const response = await fetch(`${broker.url}/positions/otc`, {
    method: 'POST',
    headers: { ...headers, Version: '2', 'Content-Type': 'application/json' },
    body: JSON.stringify({
      currencyCode: 'USD',
      direction: index % 40 === 0 ? 'BUY' : 'SELL',
      epic: 'CS.D.EURUSD.CFD.IP',
      expiry: '-',
      forceOpen: false,
      guaranteedStop: false,
      orderType: 'MARKET',
      size: 1,
    }),
  })
  await response.text()
  return response.ok
}
