/** `floor` sends each update to each client with one `ws.send`; `broker` is the mock broker, fed the same number of ticks a turn. */
import { WebSocketServer } from 'ws'
import { startMockBroker } from '../server/index.ts'

export interface PushAddress {
  readonly port: number
  /** What each client sends once it is connected, message by message. */
  readonly greeting: readonly string[]
}

export interface Pushed {
  readonly perSecond: number
  readonly cpuUs: number
  readonly rssMb: number
}

const [kind = '', clientCount = '100', updateCount = '1000', warmUpCount = '0'] = process.argv.slice(2)
const clients = Number(clientCount)
/** With those that warm it up, which are not timed. */
const updates = Number(updateCount)
const warmUp = Number(warmUpCount)
/** Updates between two turns of the event loop, and how far the server may be ahead of the slowest client. */
const TURN = 64
const WINDOW = 2048
const EPIC = 'CS.D.EURUSD.CFD.IP'

let acknowledged = 0
let wake: (() => void) | null = null
process.on('disconnect', () => process.exit())
process.on('message', message => {
  if (message === 'go') void run()
  else {
    acknowledged = Number(message)
    wake?.()
  }
})

const push = kind === 'floor' ? await startFloor() : await startBroker()

async function run(): Promise<void> {
  await pushUpdates(0, warmUp)
  const startMs = performance.now()
  const cpu = process.cpuUsage()
  await pushUpdates(warmUp, updates)
  const { user, system } = process.cpuUsage(cpu)
  const pushed: Pushed = {
    perSecond: ((updates - warmUp) * clients * 1000) / (performance.now() - startMs),
    cpuUs: (user + system) / ((updates - warmUp) * clients),
    rssMb: process.memoryUsage().rss / 2 ** 20,
  }
  process.send?.(pushed)
}

/** Until the slowest client has them all. */
async function pushUpdates(from: number, to: number): Promise<void> {
  for (let index = from; index < to; index++) {
    push(index)
    if (index % TURN !== TURN - 1) continue
    await new Promise(setImmediate)
    while (index + 1 - acknowledged > WINDOW) await progress()
  }
  while (acknowledged < to) await progress()
}

function progress(): Promise<void> {
  return new Promise(resolve => {
    wake = resolve
  })
}

async function startFloor(): Promise<(index: number) => void> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false })
  await new Promise(resolve => server.once('listening', resolve))
  const address = server.address()
  say({ port: typeof address === 'object' && address ? address.port : 0, greeting: [] })
  return index => {
    const row = `U,1,1,1.0${8000 + (index % 900)}|1.0${8009 + (index % 900)}|||0.00${100 + (index % 90)}|0.1${index % 10}|${1.78e12 + index}|\r\n`
    for (const client of server.clients) client.send(row)
  }
}

async function startBroker(): Promise<(index: number) => void> {
  const broker = await startMockBroker({ pastDays: 0 })
  broker.pause()
  const response = await fetch(`${broker.url}/session`, {
    method: 'POST',
    headers: { 'X-IG-API-KEY': broker.apiKey, Version: '2' },
    body: JSON.stringify({ identifier: broker.username, password: broker.password }),
  })
  const password = `CST-${response.headers.get('CST')}|XST-${response.headers.get('X-SECURITY-TOKEN')}`
  const fields = 'BIDPRICE1 ASKPRICE1 HIGH LOW NET_CHG NET_CHG_PCT TIMESTAMP DLG_FLAG'
  say({
    port: Number(new URL(broker.stream).port),
    greeting: [
      `create_session\r\nLS_cid=bench&LS_user=${broker.accountId}&LS_password=${encodeURIComponent(password)}`,
      `control\r\nLS_reqId=1&LS_op=add&LS_subId=1&LS_mode=MERGE&LS_data_adapter=Pricing&LS_group=${encodeURIComponent(`PRICE:${broker.accountId}:${EPIC}`)}&LS_schema=${encodeURIComponent(fields)}&LS_ack=false`,
    ],
  })
  return index => broker.injectTick(EPIC, `1.0${8000 + (index % 900)}`, `1.0${9009 + (index % 900)}`)
}

function say(address: PushAddress): void {
  process.send?.(address)
}
