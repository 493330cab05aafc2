import { chmodSync, rmSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { dirname } from 'node:path'
import type { Clock } from '@scalpdesk/sdk'
import type { KeySettings } from '../keys/key-table.ts'
import type { Flattened } from './flattened.ts'
import type { GuardStatus } from './guard-status.ts'
import {
  type ClientMessage,
  HOST_VERSION,
  type HostHello,
  type HostMessage,
  HostProblem,
  hostLine,
  readClientLine,
} from './host-message.ts'
import { boundedLines, LONGEST_LINE } from './lines.ts'
import type { FollowedPress } from './press-follower.ts'
import type { Press } from './press-text.ts'
import type { GuardSaid, ScreenSaid } from './screen-message.ts'
import { makeSocketFolder } from './socket-path.ts'

export interface HostParts {
  readonly path: string
  readonly hello: HostHello
  readonly clock: Pick<Clock, 'monotonicMs' | 'at'>
  /** Presses, once. @param isWanted false once whoever asked is gone @throws with the words of what was in the way; then nothing was sent */
  press(press: Press, onProgress: (words: string) => void, isWanted: () => boolean): Promise<FollowedPress>
  /** Each flatten of the desk; nobody hears of any unless told. */
  onFlatten?(listener: (flattened: Flattened) => void): () => void
  /** What a guard does besides; null for a desk that has its own screen, or none. */
  readonly guard?: GuardSide | null
}

/** A guard, as far as those who connect to it need it. */
export interface GuardSide {
  /** Another screen, to which this is how to speak. */
  attach(tell: (said: GuardSaid) => void): AttachedScreen
  /** By which the screen binds its keys. */
  readonly keys: KeySettings
  status(): GuardStatus
  /** Ends the guard soon. @returns what it leaves, in words */
  stop(): string
}

export interface AttachedScreen {
  /** In the turn in which it was read. */
  take(said: Exclude<ScreenSaid, { kind: 'attach' }>): void
  /** It is gone, whyever. */
  left(): void
}

/** A desk that others on this machine may use, as long as they are the same user. */
export interface DeskHost {
  /** Presses of others that have no outcome yet. */
  readonly pressing: number
  /** Takes no more, and takes its socket away. */
  close(): Promise<void>
}

/** @throws when there is no folder for the socket, or it cannot be made */
export async function startHost(parts: HostParts): Promise<DeskHost> {
  const { path } = parts
  makeSocketFolder(dirname(path))
  // Whoever opens it owns the account's journal: a socket that lies there is of a desk that is gone.
  rmSync(path, { force: true })
  const guests = new Set<Guest>()
  const server = createServer(socket => {
    if (guests.size >= MOST_GUESTS)
      return void socket.end(hostLine({ kind: 'refused', words: TOO_MANY, isEnding: false }))
    const guest = new Guest(socket, parts, () => guests.delete(guest))
    guests.add(guest)
  })
  await listening(server, path)
  const stopHearing = parts.onFlatten?.(flattened => {
    for (const guest of guests) guest.hear(flattened)
  })
  // It does not keep the program running by itself.
  server.unref()
  chmodSync(path, 0o600)
  return {
    get pressing() {
      return [...guests].reduce((sum, { pressing }) => sum + pressing, 0)
    },
    async close() {
      stopHearing?.()
      const closed = new Promise<void>(resolve => server.close(() => resolve()))
      for (const guest of guests) guest.end()
      rmSync(path, { force: true })
      await closed
    },
  }
}

function listening(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, () => {
      server.off('error', reject)
      // One that could not be accepted tries again.
      server.on('error', () => {})
      resolve()
    })
  })
}

/** Our choices: more than scripts and screens of one user have open at once, or wait for. */
const MOST_GUESTS = 32
const MOST_PRESSES = 16
const TOO_MANY = `expected at most ${MOST_GUESTS} at a time, but there are as many; try again`
/** Who says nothing for so long has nothing to say (our choice). */
const HELLO_WITHIN_MS = 3_000
/** Who does not let go for so long is let go: whoever ends does not wait for it (our choice). */
const GOODBYE_MS = 1_000
/** Who does not read what is told is let go, rather than kept in memory (our choice). */
const MOST_UNREAD_BYTES = 1_048_576

class Guest {
  pressing = 0
  readonly #socket: Socket
  readonly #parts: HostParts
  readonly #asked = new Set<number>()
  readonly #silence: { cancel(): void }
  #hasSaidHello = false
  #screen: AttachedScreen | null = null

  constructor(socket: Socket, parts: HostParts, onGone: () => void) {
    this.#socket = socket
    this.#parts = parts
    this.#silence = parts.clock.at(parts.clock.monotonicMs() + HELLO_WITHIN_MS, () => this.#refuse('no hello came'))
    const lines = boundedLines(LONGEST_LINE)
    socket.on('data', chunk => {
      const taken = lines.take(chunk)
      if (taken === null) return this.#refuse('expected shorter lines')
      for (const line of taken) if (!socket.destroyed && !socket.writableEnded) this.#take(line)
    })
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      this.#silence.cancel()
      onGone()
      this.#screen?.left()
    })
  }

  hear(flattened: Flattened): void {
    if (this.#hasSaidHello) this.#tell({ kind: 'flattened', ...flattened })
  }

  /** What arrives from now on is not taken: where nothing is being pressed, nothing that has no answer was sent. */
  end(): void {
    const { clock } = this.#parts
    if (this.pressing === 0) this.#refuse('the desk that was asked has ended', true)
    else this.#socket.end()
    this.#socket.unref()
    const limit = clock.at(clock.monotonicMs() + GOODBYE_MS, () => this.#socket.destroy())
    this.#socket.once('close', () => limit.cancel())
  }

  #take(line: string): void {
    try {
      const message = readClientLine(line)
      if (message.kind === 'hello') this.#greet(message.version)
      else if (this.#hasSaidHello) this.#do(message)
      else this.#refuse('expected a hello first')
    } catch (error) {
      if (!(error instanceof HostProblem)) throw error
      if (error.ask !== null && this.#hasSaidHello) return this.#tell(problem(error.ask, error.message))
      this.#refuse(error.message)
    }
  }

  #greet(version: number): void {
    this.#silence.cancel()
    if (version !== HOST_VERSION)
      return this.#refuse(
        `expected version ${HOST_VERSION} of what is said here, but got ${version}: the program was updated while a desk ran; quit that desk (process ${this.#parts.hello.pid}) and start it again`,
      )
    this.#hasSaidHello = true
    this.#tell({ kind: 'hello', version: HOST_VERSION, host: this.#parts.hello })
  }

  #do(message: Exclude<ClientMessage, { kind: 'hello' }>): void {
    if (message.kind === 'press') return void this.#press(message.ask, message.press)
    const guard = this.#parts.guard ?? null
    switch (message.kind) {
      case 'attach':
        if (guard === null || this.#screen) return this.#tell(problem(message.ask, NO_GUARD))
        this.#tell({ kind: 'attached', ask: message.ask, keys: guard.keys })
        this.#screen = guard.attach(said => this.#tell(said))
        return
      case 'look':
        if (guard === null) return this.#tell(problem(message.ask, NO_GUARD))
        return this.#tell({ kind: 'guard', ask: message.ask, guard: guard.status() })
      case 'stop':
        if (guard === null) return this.#tell(problem(message.ask, NO_GUARD))
        return this.#tell({ kind: 'stopping', ask: message.ask, words: guard.stop() })
      default:
        if (this.#screen) return this.#screen.take(message)
        return this.#refuse('expected a screen to be attached first')
    }
  }

  async #press(ask: number, press: Press): Promise<void> {
    if (this.#asked.has(ask)) return this.#tell(problem(ask, 'expected a new number for each press'))
    if (this.pressing >= MOST_PRESSES) return this.#tell(problem(ask, 'expected fewer presses at a time; wait'))
    this.#asked.add(ask)
    this.pressing += 1
    try {
      const followed = await this.#parts.press(
        press,
        words => this.#tell({ kind: 'progress', ask, words }),
        () => !this.#socket.destroyed && !this.#socket.writableEnded,
      )
      this.#tell({ kind: 'outcome', ask, outcome: await followed.over })
    } catch (error) {
      this.#tell(problem(ask, error instanceof Error ? error.message : String(error)))
    } finally {
      this.pressing -= 1
    }
  }

  #refuse(words: string, isEnding = false): void {
    this.#silence.cancel()
    if (this.#socket.destroyed || this.#socket.writableEnded) return
    this.#socket.end(hostLine({ kind: 'refused', words, isEnding }))
  }

  #tell(message: HostMessage): void {
    const socket = this.#socket
    if (socket.destroyed || socket.writableEnded) return
    socket.write(hostLine(message))
    if (socket.writableLength > MOST_UNREAD_BYTES) socket.destroy()
  }
}

const NO_GUARD = 'expected a guard without a screen of its own, but this desk is none, or has this one already'

const problem = (ask: number, words: string): HostMessage => ({ kind: 'problem', ask, words })
