import { lstatSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { dirname } from 'node:path'
import type { Clock } from '@scalpdesk/sdk'
import type { KeySettings } from '../keys/key-table.ts'
import type { Flattened } from './flattened.ts'
import type { GuardStatus } from './guard-status.ts'
import {
  type ClientMessage,
  clientLine,
  HOST_VERSION,
  HostEnded,
  type HostHello,
  type HostMessage,
  HostProblem,
  readHostLine,
} from './host-message.ts'
import { boundedLines, LONGEST_LINE } from './lines.ts'
import type { PressOutcome } from './press-outcome.ts'
import type { Press } from './press-text.ts'
import type { GuardSaid, ScreenSaid } from './screen-message.ts'

/** A desk in another process. */
export interface HostClient {
  readonly host: HostHello
  /**
   * Resolves with the outcome. @throws HostEnded: not taken, the desk is gone; HostProblem: not taken; HostLost: taken perhaps, and the
   * desk is gone
   */
  press(press: Press, onProgress: (words: string) => void): Promise<PressOutcome>
  /** How a guard is. @throws HostProblem for a desk that is none */
  look(): Promise<GuardStatus>
  /** Lets a guard end. Resolves with what it leaves, in words. @throws HostProblem for a desk that is none */
  stop(): Promise<string>
  /**
   * From now on a guard's screen: hears it, and answers by {@link say}. Resolves with the keys' settings.
   * @throws HostProblem for a desk that takes no screen
   */
  attach(hear: (said: GuardSaid) => void): Promise<KeySettings>
  say(said: ScreenSaid): void
  /** From now on hears each flatten of the desk, whoever pressed it. */
  onFlatten(listener: (flattened: Flattened) => void): void
  /** Rejects with why, when the connection ends by anything but {@link close}. */
  readonly over: Promise<never>
  close(): void
}

/** The desk ended while something was under way. */
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
  if (!isOwn(path) || !isOwn(dirname(path))) return null
  const socket = await connected(path)
  if (!socket) return null
  const client = new Client(socket)
  const hello = client.hello(clock)
  socket.write(clientLine({ kind: 'hello', version: HOST_VERSION }))
  return hello
}

/** A socket that somebody else has put there is no desk of ours, nor is one in a folder where they could exchange it. */
function isOwn(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false })
  return found !== undefined && (process.getuid === undefined || found.uid === process.getuid())
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

/** What was asked and has no answer yet. */
interface Waiting {
  readonly onProgress: (words: string) => void
  readonly settle: PromiseWithResolvers<HostMessage>
}

class Client {
  readonly #socket: Socket
  readonly #waiting = new Map<number, Waiting>()
  readonly #greeting = Promise.withResolvers<HostHello>()
  readonly #over = Promise.withResolvers<never>()
  #hear: (said: GuardSaid) => void = () => {}
  #onFlatten: (flattened: Flattened) => void = () => {}
  #asks = 0
  #isClosed = false

  constructor(socket: Socket) {
    this.#socket = socket
    this.#over.promise.catch(() => {})
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
      press: async (press, onProgress) => {
        const answer = await this.#ask(ask => ({ kind: 'press', ask, press }), onProgress)
        if (answer.kind === 'outcome') return answer.outcome
        throw strange()
      },
      look: async () => {
        const answer = await this.#ask(ask => ({ kind: 'look', ask }))
        if (answer.kind === 'guard') return answer.guard
        throw strange()
      },
      stop: async () => {
        const answer = await this.#ask(ask => ({ kind: 'stop', ask }))
        if (answer.kind === 'stopping') return answer.words
        throw strange()
      },
      attach: async hear => {
        this.#hear = hear
        const answer = await this.#ask(ask => ({ kind: 'attach', ask }))
        if (answer.kind === 'attached') return answer.keys
        throw strange()
      },
      onFlatten: listener => {
        this.#onFlatten = listener
      },
      say: said => void this.#socket.write(clientLine(said)),
      over: this.#over.promise,
      close: () => {
        this.#isClosed = true
        this.#socket.destroy()
      },
    }
  }

  #ask(message: (ask: number) => ClientMessage, onProgress: (words: string) => void = () => {}): Promise<HostMessage> {
    this.#asks += 1
    const ask = this.#asks
    const settle = Promise.withResolvers<HostMessage>()
    // Where the connection is gone, or takes not all of the line, the desk has not read it whole: it did not begin.
    if (this.#socket.destroyed) settle.reject(new HostEnded('the desk that was asked has ended'))
    else {
      this.#waiting.set(ask, { onProgress, settle })
      this.#socket.write(clientLine(message(ask)), error => {
        if (error && 'code' in error && error.code === 'EPIPE')
          this.#settle(ask)?.reject(new HostEnded('the desk that was asked has ended'))
      })
    }
    return settle.promise
  }

  #take(message: HostMessage): void {
    switch (message.kind) {
      case 'hello':
        return this.#greeting.resolve(message.host)
      case 'refused':
        return this.#fail(message.isEnding ? new HostEnded(message.words) : new HostProblem(message.words))
      case 'progress':
        return this.#waiting.get(message.ask)?.onProgress(message.words)
      case 'problem':
        return this.#settle(message.ask)?.reject(new HostProblem(message.words, message.ask))
      case 'outcome':
      case 'guard':
      case 'stopping':
      case 'attached':
        return this.#settle(message.ask)?.resolve(message)
      case 'flattened':
        return this.#onFlatten(message)
      default:
        return this.#hear(message)
    }
  }

  #settle(ask: number): Waiting['settle'] | undefined {
    const settle = this.#waiting.get(ask)?.settle
    this.#waiting.delete(ask)
    return settle
  }

  #fail(cause: Error): void {
    this.#greeting.reject(cause)
    for (const { settle } of this.#waiting.values()) settle.reject(cause)
    this.#waiting.clear()
    if (!this.#isClosed) this.#over.reject(cause)
    this.#socket.destroy()
  }
}

const strange = (): HostProblem => new HostProblem('expected an answer of a desk, but got something else')
