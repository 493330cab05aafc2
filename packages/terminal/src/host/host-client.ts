import { connect, type Socket } from 'node:net'
import type { Clock } from '@scalpdesk/sdk'
import {
  clientLine,
  HOST_VERSION,
  type HostHello,
  type HostMessage,
  HostProblem,
  readHostLine,
} from './host-message.ts'
import { boundedLines, LONGEST_LINE } from './lines.ts'
import type { PressOutcome } from './press-outcome.ts'
import type { Press } from './press-text.ts'

/** A desk in another process. */
export interface HostClient {
  readonly host: HostHello
  /** Resolves with the outcome. @throws HostProblem: not taken; HostLost: taken perhaps, and the desk is gone */
  press(press: Press, onProgress: (words: string) => void): Promise<PressOutcome>
  close(): void
}

/** The desk ended while a press was under way. */
export class HostLost extends Error {
  constructor() {
    super('the desk that was asked has ended')
    this.name = 'HostLost'
  }
}

/**
 * @returns null when nobody listens there
 * @throws HostProblem when something else does, or does not answer in time
 */
export async function callHost(path: string, clock: Pick<Clock, 'monotonicMs' | 'at'>): Promise<HostClient | null> {
  const socket = await connected(path)
  if (!socket) return null
  const client = new Client(socket)
  const hello = client.hello(clock)
  socket.write(clientLine({ kind: 'hello', version: HOST_VERSION }))
  return hello
}

function connected(path: string): Promise<Socket | null> {
  return new Promise(resolve => {
    const socket = connect(path)
    socket.once('connect', () => {
      socket.removeAllListeners('error')
      resolve(socket)
    })
    socket.once('error', () => resolve(null))
  })
}

/** Our choice: a desk answers within a turn of its loop. */
const HELLO_WITHIN_MS = 3_000

interface Waiting {
  readonly onProgress: (words: string) => void
  readonly settle: PromiseWithResolvers<PressOutcome>
}

class Client {
  readonly #socket: Socket
  readonly #waiting = new Map<number, Waiting>()
  readonly #greeting = Promise.withResolvers<HostHello>()
  #asks = 0

  constructor(socket: Socket) {
    this.#socket = socket
    const lines = boundedLines(LONGEST_LINE)
    socket.on('data', chunk => {
      const taken = lines.take(chunk)
      if (taken === null) return this.#fail(new HostProblem('expected shorter lines of a desk'))
      try {
        for (const line of taken) this.#take(readHostLine(line))
      } catch (error) {
        this.#fail(error instanceof Error ? error : new HostProblem(String(error)))
      }
    })
    socket.on('error', () => this.#fail(new HostLost()))
    socket.on('close', () => this.#fail(new HostLost()))
  }

  async hello(clock: Pick<Clock, 'monotonicMs' | 'at'>): Promise<HostClient> {
    const limit = clock.at(clock.monotonicMs() + HELLO_WITHIN_MS, () =>
      this.#fail(new HostProblem('it does not answer')),
    )
    const host = await this.#greeting.promise.finally(() => limit.cancel())
    return {
      host,
      press: (press, onProgress) => {
        this.#asks += 1
        const ask = this.#asks
        const settle = Promise.withResolvers<PressOutcome>()
        this.#waiting.set(ask, { onProgress, settle })
        if (this.#socket.destroyed) this.#fail(new HostLost())
        else this.#socket.write(clientLine({ kind: 'press', ask, press }))
        return settle.promise
      },
      close: () => this.#socket.destroy(),
    }
  }

  #take(message: HostMessage): void {
    switch (message.kind) {
      case 'hello':
        return this.#greeting.resolve(message.host)
      case 'refused':
        return this.#fail(new HostProblem(message.words))
      case 'progress':
        return this.#waiting.get(message.ask)?.onProgress(message.words)
      case 'outcome':
        this.#waiting.get(message.ask)?.settle.resolve(message.outcome)
        this.#waiting.delete(message.ask)
        return
      case 'problem':
        this.#waiting.get(message.ask)?.settle.reject(new HostProblem(message.words, message.ask))
        this.#waiting.delete(message.ask)
        return
    }
  }

  #fail(cause: Error): void {
    this.#greeting.reject(cause)
    for (const { settle } of this.#waiting.values()) settle.reject(cause)
    this.#waiting.clear()
    this.#socket.destroy()
  }
}
