import type { Dial, SocketEvents } from '../ports.ts'

/** A hand-driven server side for tests: what the client sent, and ways to answer. */
class ScriptedSocket {
  readonly url: string
  readonly protocol: string
  /** Whole messages, in order. */
  readonly sent: string[] = []
  /** How the client left: nothing yet, said goodbye, or cut the line. */
  left: 'no' | 'closed' | 'destroyed' = 'no'
  readonly #events: SocketEvents

  constructor(url: string, protocol: string, events: SocketEvents) {
    this.url = url
    this.protocol = protocol
    this.#events = events
  }

  open(): void {
    this.#events.opened()
  }

  say(...lines: readonly string[]): void {
    this.#events.text(lines.map(line => `${line}\r\n`).join(''))
  }

  /** Text as it is, line ends or not. */
  chunk(text: string): void {
    this.#events.text(text)
  }

  drop(cause = 'cut'): void {
    this.#events.closed(cause)
  }

  /** The values of one parameter over all requests of that name, decoded. */
  parameter(request: string, name: string): readonly string[] {
    return this.sent
      .filter(message => message.startsWith(`${request}\r\n`))
      .flatMap(message => message.split('\r\n').slice(1))
      .flatMap(line => new URLSearchParams(line.replaceAll('+', '%2B')).getAll(name))
  }
}

/** A dial that hands out scripted sockets, the newest last. */
export function scriptedDial(): { readonly dial: Dial; readonly sockets: ScriptedSocket[] } {
  const sockets: ScriptedSocket[] = []
  const dial: Dial = (url, protocol, events) => {
    const socket = new ScriptedSocket(url, protocol, events)
    sockets.push(socket)
    return {
      send: message => void socket.sent.push(message),
      close: () => {
        socket.left = 'closed'
      },
      destroy: () => {
        socket.left = 'destroyed'
      },
    }
  }
  return { dial, sockets }
}
