/** Where a session's lines go: a WebSocket, an HTTP response, or a wire in memory. */
export interface ServerLink {
  send(text: string): void
  /** The server is done with it. */
  end(): void
  /** A poll has its whole answer. */
  pollOver(): void
}

export interface SeenRequest {
  readonly name: string
  readonly parameters: URLSearchParams
}

/** A session as the server keeps it. */
export interface ServerSession {
  readonly id: string
  /** Data notifications, from the first one on. */
  readonly log: string[]
  /** How many of them went out, received or not. */
  sent: number
  link: ServerLink | null
  isPolling: boolean
  /** The present poll is held until there is something to bring. */
  isHeld: boolean
  readonly subscriptions: Map<number, URLSearchParams>
}

/** The server's half of the protocol as the TLCP specification tells it, without transports. Shares no code with the client. */
export class FakeServer {
  readonly requests: SeenRequest[] = []
  readonly sessions = new Map<string, ServerSession>()
  /** Says what a new subscription is answered with, SUBOK apart. */
  rowsFor: (subId: number, parameters: URLSearchParams) => readonly string[] = () => []
  /** How many lines a recovery repeats that were received already. */
  repeats = 0
  keepaliveMs = 1_000
  requestLimit = 50_000
  /** The versions whose sessions are refused. */
  refuses: (protocol: string) => boolean = () => false
  refusesCombined = false
  /** Where further requests are to go; `*`: where they go now. */
  controlLink = '*'
  /** Our address, as it sees it. */
  clientAddress = '127.0.0.1'
  #lastId = 0

  /** Data to every session; to one only, when given. */
  push(lines: readonly string[], session?: ServerSession): void {
    for (const each of session === undefined ? this.sessions.values() : [session]) {
      each.log.push(...lines)
      this.#flush(each)
    }
  }

  /** Lines that are no data, to every session that is bound. */
  say(...lines: readonly string[]): void {
    for (const { link } of this.sessions.values()) link?.send(textOf(lines))
  }

  /** A new connection; `receive` takes whole requests, `answer` is where answers to control requests go. */
  connect(link: ServerLink, protocol: string) {
    let session: ServerSession | null = null
    return {
      receive: (message: string, answer: ServerLink = link) => {
        const [name = '', ...lines] = message.split(/\r?\n/)
        if (name === 'wsok') return link.send('WSOK\r\n')
        const [first, ...others] = lines.filter(each => each !== '')
        const isCombined = name === 'create_session' && others.length > 0
        for (const line of isCombined ? [first ?? ''] : lines.filter(each => each !== '')) {
          const parameters = new URLSearchParams(line.replaceAll('+', '%2B'))
          this.requests.push({ name, parameters })
          const id = parameters.get('LS_session')
          const named = id === null ? session : (this.sessions.get(id) ?? null)
          if (name === 'create_session' || name === 'bind_session') {
            if (isCombined && this.refusesCombined) {
              link.send('CONERR,64,no%2C not that item\r\n')
              return link.end()
            }
            session = this.#open(name, parameters, link, protocol)
            for (const other of others) {
              const add = new URLSearchParams(other.replaceAll('+', '%2B'))
              if (session !== null && isCombined) this.#add(Number(add.get('LS_subId')), add, session)
            }
          } else {
            this.#control(name, parameters, named, answer)
          }
        }
      },
      lost: () => {
        if (session?.link === link) session.link = null
      },
    }
  }

  #open(name: string, parameters: URLSearchParams, link: ServerLink, protocol: string): ServerSession | null {
    if (this.refuses(protocol)) {
      link.send(`CONERR,65,Unsupported protocol version: ${protocol}\r\n`)
      link.end()
      return null
    }
    const session = name === 'create_session' ? this.#create() : this.sessions.get(parameters.get('LS_session') ?? '')
    const from = parameters.get('LS_recovery_from')
    if (session === undefined || (from !== null && Number(from) > session.log.length)) {
      link.send('CONERR,20,session not found\r\n')
      link.end()
      return null
    }
    const idleMs = Number(parameters.get('LS_idle_millis') ?? 0)
    session.isPolling = parameters.get('LS_polling') === 'true'
    session.isHeld = idleMs > 0
    session.link = link
    const keepalive = session.isPolling ? idleMs : this.keepaliveMs
    const terms = `${session.id},${this.requestLimit},${keepalive},${this.controlLink}`
    link.send(textOf([`CONOK,${terms}`, 'SERVNAME,fake', `CLIENTIP,${this.clientAddress}`]))
    link.send('CONS,unlimited\r\n')
    if (from !== null) {
      session.sent = Math.max(0, Number(from) - this.repeats)
      link.send(`PROG,${session.sent}\r\n`)
    }
    this.#flush(session)
    return session
  }

  #create(): ServerSession {
    const id = `S${++this.#lastId}`
    const session: ServerSession = {
      id,
      log: [],
      sent: 0,
      link: null,
      isPolling: false,
      isHeld: false,
      subscriptions: new Map(),
    }
    this.sessions.set(id, session)
    return session
  }

  #flush(session: ServerSession): void {
    if (session.link === null) return
    const hasNews = session.sent < session.log.length
    if (hasNews) {
      session.link.send(textOf(session.log.slice(session.sent)))
      session.sent = session.log.length
    }
    if (session.isPolling && (hasNews || !session.isHeld)) this.loop(session)
  }

  /** Polls that were held long enough. */
  releasePolls(): void {
    for (const session of this.sessions.values()) if (session.isPolling) this.loop(session)
  }

  #control(name: string, parameters: URLSearchParams, session: ServerSession | null, answer: ServerLink): void {
    const requestId = parameters.get('LS_reqId')
    if (name === 'heartbeat') return
    if (session === null) return answer.send(`REQERR,${requestId},20,session not found\r\n`)
    if (parameters.get('LS_ack') !== 'false') answer.send(`REQOK,${requestId}\r\n`)
    if (name === 'msg') {
      const sequence = parameters.get('LS_sequence') ?? '*'
      return this.push([`MSGDONE,${sequence},${parameters.get('LS_msg_prog')}`], session)
    }
    const subId = Number(parameters.get('LS_subId'))
    switch (parameters.get('LS_op')) {
      case 'add':
        return this.#add(subId, parameters, session)
      case 'delete':
        if (!session.subscriptions.delete(subId)) return answer.send(`REQERR,${requestId},19,not found\r\n`)
        return this.push([`UNSUB,${subId}`], session)
      case 'reconf':
        return this.push([`CONF,${subId},${parameters.get('LS_requested_max_frequency')},filtered`], session)
      case 'constrain':
        return session.link?.send(`CONS,${parameters.get('LS_requested_max_bandwidth')}\r\n`)
      case 'force_rebind':
        return this.loop(session)
      case 'destroy':
        this.sessions.delete(session.id)
        session.link?.send('END,31,destroyed\r\n')
        return session.link?.end()
      default:
        return
    }
  }

  /** Asks for a new connection of the session. */
  loop(session: ServerSession): void {
    const { link } = session
    session.link = null
    link?.send('LOOP,0\r\n')
    if (session.isPolling) link?.pollOver()
  }

  #add(subId: number, parameters: URLSearchParams, session: ServerSession): void {
    // A second add of the same one is answered like the first, and changes nothing.
    if (session.subscriptions.has(subId)) return
    session.subscriptions.set(subId, parameters)
    const items = (parameters.get('LS_group') ?? '').split(' ').length
    const fields = (parameters.get('LS_schema') ?? '').split(' ')
    const size = `${subId},${items},${fields.length}`
    const isCommand = parameters.get('LS_mode') === 'COMMAND'
    const keys = `${fields.indexOf('key') + 1},${fields.indexOf('command') + 1}`
    const lines = [isCommand ? `SUBCMD,${size},${keys}` : `SUBOK,${size}`, `CONF,${subId},unlimited,filtered`]
    this.push([...lines, ...this.rowsFor(subId, parameters)], session)
  }
}

function textOf(lines: readonly string[]): string {
  return lines.map(line => `${line}\r\n`).join('')
}
