import { manualClock, seededRandom } from '@scalpdesk/testkit'
import {
  type Dial,
  openTlcp,
  type RowStream,
  type SocketEvents,
  type SubscriptionSpec,
  type Tlcp,
  type Transport,
} from '../index.ts'
import { mutatedLine, pick } from './mutation.ts'

export interface FuzzReport {
  readonly lines: number
  readonly rows: number
  /** Connections, over all clients. */
  readonly dials: number
  /** Clients that a code of the server has closed for good. */
  readonly closed: number
  /** Most timers at once. */
  readonly timers: number
  readonly warnings: number
}

const FIELDS = ['key', 'command', 'value']
const SPECS: readonly SubscriptionSpec[] = [
  { mode: 'MERGE', items: ['ONE', 'TWO'], fields: FIELDS, isSnapshotWanted: true },
  { mode: 'COMMAND', items: ['TABLE'], fields: FIELDS, isSnapshotWanted: true },
  { mode: 'DISTINCT', items: ['EVENTS'], fields: FIELDS, isSnapshotWanted: true },
  { mode: 'RAW', items: ['RAW'], fields: FIELDS, isSnapshotWanted: false },
]

const TRANSPORTS: readonly Transport[] = ['websocket-streaming', 'http-streaming', 'websocket-polling', 'http-polling']

/** A client under a server that says anything at all, in chunks cut anywhere. Opens another one when it is closed for good. */
export class FuzzClient {
  readonly #random
  readonly #clock = manualClock()
  #events: SocketEvents | null = null
  #client: Tlcp | null = null
  #streams: RowStream[] = []
  /** Of the subscriptions asked for, and those that have no answer yet. */
  readonly #modes = new Map<number, string>()
  #unanswered: number[] = []
  #session = ''
  #sessions = 0
  #lines = 0
  #rows = 0
  #dials = 0
  #closed = 0
  #timers = 0
  #warnings = 0

  constructor(seed: number) {
    this.#random = seededRandom(seed)
  }

  /** @throws whatever the client throws: nothing, if it is as it should be. */
  async feed(lines: number): Promise<void> {
    for (let left = lines; left > 0; ) {
      await this.#becomeLive()
      const count = Math.min(left, 1 + Math.floor(this.#random.next() * 20))
      this.#send(count)
      left -= count
      this.#lines += count
      if (this.#random.next() < 0.3) this.#clock.advance(this.#random.next() * 1_500)
      if (this.#random.next() < 0.01) this.#events?.closed('cut')
      if (this.#random.next() < 0.01) this.#events?.pollOver()
      if (this.#random.next() < 0.05)
        void this.#client?.send('x', this.#random.next() < 0.5 ? {} : { sequence: 'Orders' })
      this.#timers = Math.max(this.#timers, this.#clock.pending)
      if (this.#clock.pending > 50) throw new Error(`expected a few timers, but there are ${this.#clock.pending}`)
    }
    // What a listener or an outcome threw comes out here.
    await new Promise(resolve => setImmediate(resolve))
  }

  /** @throws when the client cannot be closed. */
  async close(): Promise<FuzzReport> {
    await this.#end()
    if (this.#clock.pending > 0)
      throw new Error(`expected no timer after the end, but there are ${this.#clock.pending}`)
    const [lines, rows, dials, closed] = [this.#lines, this.#rows, this.#dials, this.#closed]
    return { lines, rows, dials, closed, timers: this.#timers, warnings: this.#warnings }
  }

  #note(message: string): void {
    if (message.startsWith('create_session')) {
      this.#modes.clear()
      this.#session = `S${++this.#sessions}`
    }
    for (const line of message.split('\r\n').slice(1)) {
      const parameters = new URLSearchParams(line)
      const subId = Number(parameters.get('LS_subId'))
      if (parameters.get('LS_op') === 'delete') this.#modes.delete(subId)
      if (parameters.get('LS_op') !== 'add') continue
      this.#modes.set(subId, parameters.get('LS_mode') ?? '')
      this.#unanswered.push(subId)
    }
  }

  /** SUBOK and a first row, as it should be: what is broken afterwards then gets far. */
  #answer(): void {
    for (const subId of this.#unanswered.splice(0)) {
      const mode = this.#modes.get(subId)
      if (mode === undefined) continue
      if (mode === 'COMMAND') this.#say(`SUBCMD,${subId},1,3,1,2`, `U,${subId},1,A|ADD|1`)
      else if (mode === 'MERGE') this.#say(`SUBOK,${subId},2,3`, `U,${subId},1,foobar|{"a":1}|c`, `U,${subId},2,d|e|f`)
      else this.#say(`SUBOK,${subId},1,3`, `U,${subId},1,foobar|{"a":1}|c`)
    }
  }

  #send(count: number): void {
    if (this.#random.next() < 0.8) this.#answer()
    const parts: Buffer[] = []
    for (let line = 0; line < count; line++) parts.push(mutatedLine([...this.#modes.keys()], this.#random), LINE_END)
    let rest = Buffer.concat(parts)
    while (rest.length > 0) {
      const size = this.#random.next() < 0.5 ? rest.length : 1 + Math.floor(this.#random.next() * rest.length)
      this.#events?.bytes(rest.subarray(0, size))
      rest = rest.subarray(size)
    }
  }

  /** Whatever has happened, a way on must be left: that is what makes it no hang. */
  async #becomeLive(): Promise<void> {
    for (let turns = 0; turns < 300; turns++) {
      if (this.#client === null) this.#open()
      switch (this.#client?.status.kind) {
        case 'live':
        case 'stalled':
          return
        case 'closed':
          this.#closed++
          await this.#end()
          break
        case 'waiting':
          this.#clock.advance(1_000)
          break
        default:
          this.#events?.opened()
          for (let turn = 0; turn < 3; turn++) await Promise.resolve()
          this.#say('WSOK', `CONOK,${this.#session},50000,1000,*`, 'PROG,0')
          if (this.#client?.status.kind === 'connecting') this.#clock.advance(4_000)
      }
    }
    throw new Error(`expected a way on, but it stays ${this.#client?.status.kind}`)
  }

  #say(...lines: readonly string[]): void {
    this.#events?.bytes(Buffer.from(lines.map(line => `${line}\r\n`).join('')))
  }

  #open(): void {
    const dial: Dial = (_url, _protocol, events) => {
      this.#dials++
      this.#events = events
      return { send: message => this.#note(message), close() {}, destroy() {} }
    }
    const client = openTlcp({
      server: 'http://server',
      clock: this.#clock,
      random: this.#random,
      transport: pick(TRANSPORTS, this.#random),
      dial,
      dialHttp: dial,
      onWarning: () => this.#warnings++,
    })
    this.#client = client
    client.onStatus(status => {
      // A fault of our own would be taken for the server's; here it must not hide behind it.
      if (!('cause' in status) || status.cause?.code !== 'protocol' || PROTOCOL_FAULTS.test(status.cause.text)) return
      throw new Error(`expected a fault of the server, but got: ${status.cause.text}`)
    })
    for (const spec of SPECS) {
      this.#follow(client, spec)
      // Never read: what waits in them must stay bounded.
      this.#streams.push(client.rows(spec, { queue: 100 }))
    }
  }

  /** Again and again: rows that stay unreadable end a subscription. */
  #follow(client: Tlcp, spec: SubscriptionSpec): void {
    client.subscribe(spec, {
      update: row => {
        this.#rows++
        for (const field of FIELDS.keys()) if (row.isChanged(field)) row.value(field)
      },
      ended: () => {
        if (this.#client === client) this.#follow(client, spec)
      },
    })
  }

  async #end(): Promise<void> {
    const client = this.#client
    this.#client = null
    const closed = client?.close()
    this.#clock.advance(500)
    await closed
    for (const stream of this.#streams) stream.close()
    this.#streams = []
    this.#events = null
  }
}

/** What a server can do wrong so that its session is given up. */
const PROTOCOL_FAULTS =
  /^(?:data came before|PROG is ahead|LOOP came before|the server answered for another|the server could not read a request)/
const LINE_END = Buffer.from('\r\n')
