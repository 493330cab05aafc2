import { getCompileCacheDir } from 'node:module'
import { Worker } from 'node:worker_threads'
import { PaintLock } from './paint-lock.ts'
import { PaintedMark } from './painted-mark.ts'
import type { PainterData, PainterMessage } from './painter-message.ts'
import type { PastCandle, ScreenView, TimeFrame } from './view.ts'
import { changedParts, mergedFeeds } from './view-changes.ts'

export interface Screen {
  /**
   * Sends a view to the painter; the caller conflates (at most about 60 a second) and keeps sending at least one a second, since a
   * screen that hears nothing says so. When the painter is behind, the view waits for the next call.
   * @returns the view's sequence number
   */
  show(view: ScreenView): number
  resize(columns: number, rows: number): void
  /** What happened in a market before the session, for its chart: the oldest first. */
  seed(epic: string, timeFrame: TimeFrame, candles: readonly PastCandle[]): void
  /** The terminal's bell, once, as soon as no frame is being written. */
  ring(): void
  /**
   * Stops painting for good: nothing is written to the terminal after it returns. Synchronous, at most 50 ms, may be called
   * again; fit for `process.on('exit')`.
   * @returns false when a write that began before could not be waited for: the terminal holds it up
   */
  stopNow(): boolean
  /** The painter died: drawing is gone, trading is not. Called at most once, also when it died before. */
  onFailure(listener: (error: Error) => void): void
  /** When the terminal had taken the frame that shows a view (wall time, epoch milliseconds). Views may be skipped. */
  onPainted(listener: (sequence: number, atMs: number) => void): void
  /** Asks what the terminal has taken by now; who listens hears of it within this call, and else within the next `show`. */
  lookPainted(): void
}

export interface ScreenOptions {
  /** The bundled painter. */
  readonly workerUrl: URL
  readonly columns: number
  readonly rows: number
  readonly useColour: boolean
}

/** Compiled code is kept where the program keeps its own: a thread asks for it by this variable (Node.js, `module.enableCompileCache`). */
function painterEnvironment(): Record<string, string> {
  const cache = getCompileCacheDir()
  return { NODE_ENV: 'production', ...(cache !== undefined && { NODE_COMPILE_CACHE: cache }) }
}

/** Longest wait for a frame that is being written when painting stops. */
const STOP_LIMIT_MS = 50
/** Views on their way to the painter; more would only be old ones when it gets to them (our choice). */
const IN_FLIGHT_MAX = 4

/** Starts the painting thread. The first paint rewrites every cell, whatever the terminal shows. */
export function startScreen(options: ScreenOptions): Screen {
  return new PaintedScreen(options)
}

class PaintedScreen implements Screen {
  readonly #lock = new PaintLock()
  readonly #mark = new PaintedMark()
  readonly #worker: Worker
  readonly #failureListeners: ((error: Error) => void)[] = []
  readonly #paintedListeners: ((sequence: number, atMs: number) => void)[] = []
  #failure: Error | null = null
  #isStopped = false
  #sequence = 0
  #sentCount = 0
  #paintedSequence = 0
  #sent: ScreenView | null = null
  #skippedFeeds: ScreenView['feeds'] = []

  constructor(options: ScreenOptions) {
    const data: PainterData = {
      columns: options.columns,
      rows: options.rows,
      useColour: options.useColour,
      lock: this.#lock.memory,
      painted: this.#mark.memory,
    }
    // An environment of its own: what CI, DEV or FORCE_COLOR mean to a library must not change what is drawn.
    this.#worker = new Worker(options.workerUrl, { workerData: data, env: painterEnvironment() })
    this.#worker.unref()
    this.#worker.on('error', error => this.#fail(error instanceof Error ? error : new Error(String(error))))
    this.#worker.on('exit', code =>
      this.#fail(
        new Error(`expected the painting thread to run on, but it ended with ${code}; restart to see the screen`),
      ),
    )
  }

  show(view: ScreenView): number {
    this.lookPainted()
    this.#sequence += 1
    if (this.#isStopped || this.#failure !== null) return this.#sequence
    if (((this.#sentCount - this.#lock.taken) | 0) >= IN_FLIGHT_MAX) {
      this.#skippedFeeds = mergedFeeds(this.#skippedFeeds, view.feeds)
      return this.#sequence
    }
    const feeds = mergedFeeds(this.#skippedFeeds, view.feeds)
    const whole = feeds === view.feeds ? view : { ...view, feeds }
    this.#skippedFeeds = []
    this.#post({
      kind: 'view',
      sequence: this.#sequence,
      changed: changedParts(this.#sent, whole),
    })
    this.#sent = whole
    this.#sentCount += 1
    return this.#sequence
  }

  resize(columns: number, rows: number): void {
    if (!this.#isStopped) this.#post({ kind: 'resize', columns, rows })
  }

  seed(epic: string, timeFrame: TimeFrame, candles: readonly PastCandle[]): void {
    if (!this.#isStopped) this.#post({ kind: 'seed', epic, timeFrame, candles })
  }

  ring(): void {
    if (!this.#isStopped) this.#post({ kind: 'ring' })
  }

  stopNow(): boolean {
    this.#isStopped = true
    const isQuiet = this.#lock.stop(STOP_LIMIT_MS, () => performance.now())
    // Ends later and by itself; nothing waits for it, and it can no longer write.
    void this.#worker.terminate()
    return isQuiet
  }

  onFailure(listener: (error: Error) => void): void {
    this.#failureListeners.push(listener)
    if (this.#failure !== null) listener(this.#failure)
  }

  onPainted(listener: (sequence: number, atMs: number) => void): void {
    this.#paintedListeners.push(listener)
  }

  lookPainted(): void {
    const painted = this.#isStopped || this.#failure !== null ? null : this.#mark.read()
    if (painted === null || painted.sequence === this.#paintedSequence) return
    this.#paintedSequence = painted.sequence
    for (const listener of this.#paintedListeners) listener(painted.sequence, painted.atMs)
  }

  #post(message: PainterMessage): void {
    this.#worker.postMessage(message)
  }

  #fail(error: Error): void {
    if (this.#isStopped || this.#failure !== null) return
    this.#failure = error
    for (const listener of this.#failureListeners) listener(error)
  }
}
