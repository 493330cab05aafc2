import type { Dial, Random, SocketEvents } from '../ports.ts'
import { pick } from './mutation.ts'

interface Session {
  readonly id: string
  /** Data notifications, from the first one on. */
  readonly log: string[]
  /** By subscription: the frequency asked for last. */
  readonly frequencies: Map<string, string | null>
  bandwidth: string | null
  /** By sequence: the highest number taken. */
  readonly taken: Map<string, number>
}

/**
 * A server that does what it is asked to in any order and answers in any other, refuses what it likes, and loses connections with
 * requests done, undone and unanswered. All of that is allowed (TLCP specification, "Batching of requests", "Session recovery").
 */
export class DisorderlyServer {
  readonly #random: Random
  #events: SocketEvents | null = null
  #session: Session | null = null
  #requests: URLSearchParams[] = []
  #answers: string[] = []
  /** Data notifications of the session that this connection has had. */
  #told = 0
  #lastId = 0
  /** How often each message text was taken. */
  readonly messages = new Map<string, number>()
  /** Refuses nothing any more. */
  isKind = false

  constructor(random: Random) {
    this.#random = random
  }

  readonly dial: Dial = (_url, _protocol, events) => {
    this.#forgetConnection()
    this.#events = events
    const isPresent = () => this.#events === events
    queueMicrotask(() => isPresent() && events.opened())
    return {
      send: message => isPresent() && this.#receive(message),
      close: () => {},
      destroy: () => isPresent() && this.#forgetConnection(),
    }
  }

  get session(): Session | null {
    return this.#session
  }

  /** Whether everything was done and told. */
  get isQuiet(): boolean {
    return this.#requests.length === 0 && this.#answers.length === 0 && this.#told === this.#session?.log.length
  }

  /** Does one of the requests that wait. */
  work(): void {
    const [request] = this.#requests.splice(Math.floor(this.#random.next() * this.#requests.length), 1)
    if (request !== undefined && this.#session !== null) this.#do(request, this.#session)
  }

  /** Tells some of what there is to tell: data in its order, answers between it anywhere. */
  tell(): void {
    for (let lines = 1 + Math.floor(this.#random.next() * 5); lines > 0; lines--) {
      const log = this.#session?.log ?? []
      const hasData = this.#told < log.length
      if (hasData && (this.#answers.length === 0 || this.#random.next() < 0.5)) this.#say(log[this.#told++] ?? '')
      else this.#say(...this.#answers.splice(Math.floor(this.#random.next() * this.#answers.length), 1))
    }
  }

  keepAlive(): void {
    this.#say('PROBE')
  }

  drop(): void {
    const events = this.#events
    this.#forgetConnection()
    events?.closed('cut')
  }

  loop(): void {
    // Whatever was sent before LOOP arrives before it.
    while (this.#session !== null && this.#told < this.#session.log.length)
      this.#say(this.#session.log[this.#told++] ?? '')
    this.#say('LOOP,0')
  }

  endSession(): void {
    this.#session = null
    this.#say('END,48,expired')
  }

  #forgetConnection(): void {
    this.#events = null
    this.#requests = []
    this.#answers = []
  }

  #receive(message: string): void {
    const [name = '', ...lines] = message.split('\r\n')
    const [first, ...others] = lines
    const parameters = new URLSearchParams((first ?? '').replaceAll('+', '%2B'))
    if (name === 'create_session') return this.#create(others)
    if (name === 'bind_session') return this.#bind(parameters)
    if (name !== 'control' && name !== 'msg') return
    for (const line of lines) this.#requests.push(new URLSearchParams(line.replaceAll('+', '%2B')))
  }

  #create(combined: readonly string[]): void {
    this.#session = {
      id: `S${++this.#lastId}`,
      log: [],
      frequencies: new Map(),
      bandwidth: null,
      taken: new Map(),
    }
    this.#told = 0
    this.#say('WSOK', `CONOK,${this.#session.id},50000,1000,*`)
    for (const line of combined) this.#add(new URLSearchParams(line), this.#session)
  }

  #bind(parameters: URLSearchParams): void {
    const session = this.#session
    if (session === null || session.id !== parameters.get('LS_session')) return this.#say('WSOK', 'CONERR,20,not found')
    this.#say('WSOK', `CONOK,${session.id},50000,1000,*`)
    const from = parameters.get('LS_recovery_from')
    if (from === null) return
    this.#told = Math.max(0, Number(from) - Math.floor(this.#random.next() * 3))
    this.#say(`PROG,${this.#told}`)
  }

  #do(request: URLSearchParams, session: Session): void {
    const id = request.get('LS_reqId') ?? ''
    const subId = request.get('LS_subId') ?? ''
    const refuse = (code: number): void => void this.#answers.push(`REQERR,${id},${code},no, thanks`)
    if (request.get('LS_ack') !== 'false') this.#answers.push(`REQOK,${id}`)
    if (request.has('LS_message')) return this.#take(request, session, refuse)
    switch (request.get('LS_op')) {
      case 'add':
        // A second one is answered in whatever way.
        if (session.frequencies.has(subId)) return this.#random.next() < 0.5 ? refuse(65) : undefined
        if (this.#isInTheMood()) return refuse(-1)
        return this.#add(request, session)
      case 'delete':
        if (!session.frequencies.delete(subId)) return refuse(19)
        session.log.push(`UNSUB,${subId}`)
        return
      case 'reconf':
        if (!session.frequencies.has(subId)) return this.#swap(id, 19)
        session.frequencies.set(subId, request.get('LS_requested_max_frequency'))
        session.log.push(`CONF,${subId},1,filtered`)
        return
      case 'constrain':
        session.bandwidth = request.get('LS_requested_max_bandwidth')
        return
      default:
        return
    }
  }

  #add(request: URLSearchParams, session: Session): void {
    const subId = request.get('LS_subId') ?? ''
    session.frequencies.set(subId, request.get('LS_requested_max_frequency'))
    session.log.push(`SUBOK,${subId},1,1`, `CONF,${subId},unlimited,filtered`, `U,${subId},1,first`)
  }

  #take(request: URLSearchParams, session: Session, refuse: (code: number) => void): void {
    const sequence = request.get('LS_sequence')
    const number = Number(request.get('LS_msg_prog'))
    if (sequence !== null && number <= (session.taken.get(sequence) ?? 0)) {
      this.#answers.pop()
      return refuse(32)
    }
    if (sequence !== null) session.taken.set(sequence, number)
    const text = request.get('LS_message') ?? ''
    this.messages.set(text, (this.messages.get(text) ?? 0) + 1)
    const key = sequence ?? '*'
    session.log.push(this.#isInTheMood() ? `MSGFAIL,${key},${number},-9,no` : `MSGDONE,${key},${number}`)
  }

  /** An answer that says the opposite of the one that stands last. */
  #swap(id: string, code: number): void {
    this.#answers.pop()
    this.#answers.push(`REQERR,${id},${code},no`)
  }

  #isInTheMood(): boolean {
    return !this.isKind && pick([true, false, false, false, false], this.#random)
  }

  #say(...lines: readonly string[]): void {
    const text = lines.map(line => `${line}\r\n`).join('')
    if (text !== '') this.#events?.text(text)
  }
}
