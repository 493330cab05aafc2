import type { Clock, Timer } from '../clock.ts'
import { type Chunk, chunk } from './chunk.ts'
import type { StreamSink } from './stream-sink.ts'
import type { Turn } from './turn.ts'

/** One streaming connection: collects lines and writes them once per turn of the event loop. */
export interface StreamConnection {
  /** Only an HTTP answer has an end that its client asks for. */
  readonly transport: 'websocket' | 'http'
  send(line: string): void
  write(chunk: Chunk): void
  /** False while data has to wait: the peer reads too slowly, or a test asked for silence. */
  isReady(): boolean
  /** Hears when data may flow again. */
  onReady(listener: (() => void) | null): void
  /** Sends PROBE when nothing else was sent for this long; null stops it. */
  keepAlive(ms: number | null): void
  setSilent(isSilent: boolean): void
  /** The next data row is one that no client can read. */
  spoilNextRow(): void
  /** What is sent next breaks off in the middle of a line, and the socket is cut. */
  breakNextLine(): void
  /** Sends what waits; an HTTP answer then ends. */
  finish(): void
  /** Sends what waits, then closes. */
  close(): void
  /** Cuts the socket. */
  destroy(): void
}

export interface StreamConnectionOptions {
  readonly transport: StreamConnection['transport']
  readonly sink: StreamSink
  readonly clock: Clock
  readonly turn: Turn
}

export function streamConnection({ transport, sink, clock, turn }: StreamConnectionOptions): StreamConnection {
  let outbox: Chunk[] = []
  let outboxLength = 0
  let isSilent = false
  let isFinished = false
  let readyListener: (() => void) | null = null
  let keepAliveMs: number | null = null
  let probe: Timer | null = null
  let lastSentMs = clock.monotonicMs()
  let spoilsRow = false
  let breaksLine = false

  function flush(): void {
    if (isSilent || !sink.isOpen) return
    if (outbox.length > 0) sendAll()
    if (isFinished) sink.finish()
  }

  function sendAll(): void {
    const [first, second] = outbox
    const isAlone = first !== undefined && second === undefined && !spoilsRow && !breaksLine
    const bytes = isAlone ? first.bytes() : Buffer.from(damaged(outbox.map(({ text }) => text).join('')))
    outbox = []
    outboxLength = 0
    lastSentMs = clock.monotonicMs()
    sink.send(bytes, tellReady)
    if (breaksLine) sink.close()
  }

  function damaged(text: string): string {
    if (breaksLine) {
      // Half of the last line, and no line end.
      return text.slice(0, text.length - Math.ceil((text.length - text.lastIndexOf('\r\n', text.length - 3)) / 2))
    }
    if (!spoilsRow || !DATA_ROW.test(text)) return text
    spoilsRow = false
    return text.replace(DATA_ROW, '$1^x')
  }

  function tellReady(): void {
    if (readyListener && isReady()) readyListener()
  }

  function isReady(): boolean {
    return !isSilent && outboxLength + sink.bufferedBytes < SLOW_BYTES
  }

  function watchSilence(): void {
    probe?.cancel()
    probe = null
    if (keepAliveMs === null) return
    const pauseMs = keepAliveMs
    probe = clock.at(lastSentMs + pauseMs, () => {
      if (clock.monotonicMs() - lastSentMs >= pauseMs && !isSilent) {
        write(PROBE)
        lastSentMs = clock.monotonicMs()
      }
      // A silenced socket has nothing to say; look again a pause later.
      if (isSilent) lastSentMs = clock.monotonicMs()
      watchSilence()
    })
  }

  function write(lines: Chunk): void {
    outbox.push(lines)
    outboxLength += lines.text.length
    turn.later('write', flush)
  }

  function release(): void {
    probe?.cancel()
    probe = null
    keepAliveMs = null
    readyListener = null
  }

  sink.onClose(release)
  return {
    transport,
    send: line => write(chunk([line])),
    write,
    isReady,
    onReady(listener) {
      readyListener = listener
    },
    keepAlive(ms) {
      keepAliveMs = ms
      watchSilence()
    },
    setSilent(silent) {
      isSilent = silent
      if (silent) return
      flush()
      readyListener?.()
    },
    spoilNextRow() {
      spoilsRow = true
    },
    breakNextLine() {
      breaksLine = true
    },
    finish() {
      isFinished = transport === 'http'
      flush()
    },
    close() {
      flush()
      release()
      sink.close()
    },
    destroy() {
      release()
      sink.destroy()
    },
  }
}

/** With more than this unsent, price rows wait and merge instead of queueing up. Our choice. */
const SLOW_BYTES = 256 * 1024
const PROBE = chunk(['PROBE'])
const DATA_ROW = /^(U,\d+,\d+,).*$/m
