import { constants, openSync, writeSync } from 'node:fs'
import { isatty } from 'node:tty'
import type { PaintLock } from './paint-lock.ts'

/** Tries to write what a full terminal refused, before it is left for later (our choice). */
const TRIES = 3
const TRY_PAUSE_MS = 2

const NOTHING = new Uint8Array(0)

/**
 * The painter's way to the terminal: never blocks for long, and keeps what the terminal does not take yet (it was stopped with
 * Ctrl-S, or the line is slow), so that the painter can go on listening and later paint what is true then.
 */
export class TerminalOutput {
  readonly #fd: number
  readonly #lock: PaintLock
  #pending: Uint8Array = NOTHING

  constructor(fd: number, lock: PaintLock) {
    this.#fd = fd
    this.#lock = lock
  }

  /** Whether the terminal has not taken everything yet; nothing new is to be written until it has. */
  get isBusy(): boolean {
    return this.#pending.length > 0
  }

  /** Writes a frame, or keeps what the terminal does not take. To be called only while nothing is pending. */
  write(text: string): void {
    if (text === '') return
    this.#lock.whilePainting(() => {
      const written = this.#tryToWrite(text)
      const length = Buffer.byteLength(text)
      if (written < length) this.#pending = Buffer.from(text).subarray(written)
    })
    this.flush()
  }

  /** Writes what is pending, as far as the terminal takes it. */
  flush(): void {
    for (let attempt = 0; attempt < TRIES && this.isBusy; attempt += 1) {
      if (attempt > 0) Atomics.wait(PAUSE, 0, 0, TRY_PAUSE_MS)
      // The lock is held for a single system call, so that stopping never waits for a terminal.
      const mayPaint = this.#lock.whilePainting(() => {
        this.#pending = this.#pending.subarray(this.#tryToWrite(this.#pending))
      })
      if (!mayPaint) this.#pending = NOTHING
    }
  }

  /** @returns the bytes that the terminal took */
  #tryToWrite(bytes: string | Uint8Array): number {
    try {
      return typeof bytes === 'string' ? writeSync(this.#fd, bytes) : writeSync(this.#fd, bytes)
    } catch (error) {
      if (isFull(error)) return 0
      throw error
    }
  }
}

/**
 * Opens the terminal behind a descriptor once more where the system allows it: the new description can be non-blocking without making
 * the desk's own standard output so.
 * @see open(2) and proc(5) of the Linux manual: opening /proc/self/fd/N gives a new open file description
 */
export function openTerminal(fd: number): number {
  if (process.platform !== 'linux' || !isatty(fd)) return fd
  try {
    return openSync(`/proc/self/fd/${fd}`, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY)
  } catch {
    // No /proc here: blocking writes still work, only a stopped terminal then also stops the painter.
    return fd
  }
}

function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EAGAIN'
}

const PAUSE = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
