import type { Dial, SocketEvents } from '@scalpdesk/tlcp'
import type { Random } from '../ports.ts'

/** A Lightstreamer server in memory, for one client, with its faults in a test's hand. Shares no code with the client. */
export class TapeServer {
  /** Lines of data that a new subscription begins with. */
  firstRow: (item: string) => string | null = () => null
  readonly #sessions = new Map<string, Session>()
  readonly #random: Random
  #wire: Wire | null = null
  #sessionsSoFar = 0
  /** Nothing moves. */
  isStalled = false

  constructor(random: Random) {
    this.#random = random
  }

  readonly dial: Dial = (_url, _protocol, events) => {
    const wire: Wire = { events, requests: [], bytes: Buffer.alloc(0), session: null, isOver: false, isOpen: false }
    this.#wire = wire
    return {
      send: message => void wire.requests.push(message),
      close: () => {},
      destroy: () => this.#leave(wire),
    }
  }

  /** A row of an item to whoever has it. */
  push(item: string, values: string): void {
    for (const session of this.#sessions.values()) {
      for (const [subId, name] of session.items) if (name === item) session.log.push(`U,${subId},1,${values}`)
      this.#flush(session)
    }
  }

  /** Requests go up, and what waits comes down, cut anywhere. */
  async exchange(): Promise<void> {
    for (let turn = 0; turn < 4; turn++) await Promise.resolve()
    const wire = this.#wire
    if (this.isStalled || wire === null || wire.isOver) return
    if (!wire.isOpen) {
      wire.isOpen = true
      wire.events.opened()
      for (let turn = 0; turn < 4; turn++) await Promise.resolve()
    }
    for (const message of wire.requests.splice(0)) this.#receive(wire, message)
    while (wire.bytes.length > 0 && !wire.isOver) this.deliver(1 + Math.floor(this.#random.next() * wire.bytes.length))
  }

  deliver(bytes: number): void {
    const wire = this.#wire
    if (wire === null || wire.isOver || !wire.isOpen) return
    const chunk = wire.bytes.subarray(0, bytes)
    wire.bytes = wire.bytes.subarray(bytes)
    if (chunk.length > 0) wire.events.bytes(chunk)
  }

  /** What is under way is lost. */
  drop(): void {
    const wire = this.#wire
    if (wire === null || wire.isOver) return
    this.#leave(wire)
    wire.events.closed('cut')
  }

  forget(): void {
    this.#sessions.clear()
  }

  loop(): void {
    for (const session of this.#sessions.values()) {
      if (session.wire !== null) this.#write(session.wire, 'LOOP,0')
      session.wire = null
    }
  }

  probe(): void {
    for (const { wire } of this.#sessions.values()) if (wire !== null) this.#write(wire, 'PROBE')
  }

  #receive(wire: Wire, message: string): void {
    const [name = '', ...lines] = message.split('\r\n')
    if (name === 'wsok') return this.#write(wire, 'WSOK')
    for (const line of lines.filter(each => each !== '')) this.#request(wire, name, new URLSearchParams(line))
  }

  #request(wire: Wire, name: string, parameters: URLSearchParams): void {
    switch (name) {
      case 'create_session': {
        const session: Session = { id: `S${++this.#sessionsSoFar}`, log: [], sent: 0, items: new Map(), wire: null }
        this.#sessions.set(session.id, session)
        return this.#bind(wire, session, null)
      }
      case 'bind_session': {
        const session = this.#sessions.get(parameters.get('LS_session') ?? '')
        if (session === undefined) return this.#write(wire, 'CONERR,20,no such session')
        return this.#bind(wire, session, parameters.get('LS_recovery_from'))
      }
      case 'control':
        return this.#control(wire, parameters)
      default:
        return
    }
  }

  #bind(wire: Wire, session: Session, from: string | null): void {
    wire.session = session
    session.wire = wire
    this.#write(wire, `CONOK,${session.id},50000,1000,*`)
    if (from !== null) {
      // Some of it may have arrived, and is sent again.
      session.sent = Math.max(0, Number(from) - Math.floor(this.#random.next() * 4))
      this.#write(wire, `PROG,${session.sent}`)
    }
    this.#flush(session)
  }

  #control(wire: Wire, parameters: URLSearchParams): void {
    const { session } = wire
    if (session === null) return
    const subId = Number(parameters.get('LS_subId'))
    switch (parameters.get('LS_op')) {
      case 'add': {
        const item = parameters.get('LS_group') ?? ''
        if (session.items.has(subId)) return
        session.items.set(subId, item)
        const fields = (parameters.get('LS_schema') ?? '').split(' ').length
        session.log.push(`SUBOK,${subId},1,${fields}`)
        const first = this.firstRow(item)
        if (first !== null) session.log.push(`U,${subId},1,${first}`)
        return this.#flush(session)
      }
      case 'delete':
        session.items.delete(subId)
        session.log.push(`UNSUB,${subId}`)
        return this.#flush(session)
      case 'destroy':
        this.#sessions.delete(session.id)
        return this.#write(wire, 'END,31,destroyed')
      default:
        return
    }
  }

  #flush(session: Session): void {
    if (session.wire === null) return
    for (const line of session.log.slice(session.sent)) this.#write(session.wire, line)
    session.sent = session.log.length
  }

  #write(wire: Wire, line: string): void {
    wire.bytes = Buffer.concat([wire.bytes, Buffer.from(`${line}\r\n`)])
  }

  #leave(wire: Wire): void {
    wire.isOver = true
    wire.bytes = Buffer.alloc(0)
    if (wire.session?.wire === wire) wire.session.wire = null
  }
}

interface Session {
  readonly id: string
  /** Data notifications, from the first one on. */
  readonly log: string[]
  sent: number
  readonly items: Map<number, string>
  wire: Wire | null
}

interface Wire {
  readonly events: SocketEvents
  readonly requests: string[]
  bytes: Buffer
  session: Session | null
  isOver: boolean
  isOpen: boolean
}
