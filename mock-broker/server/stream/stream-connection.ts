import type { WebSocket } from 'ws'
import type { Clock, Timer } from '../clock.ts'

/** One streaming socket: collects lines and writes them once per turn of the event loop. */
export interface StreamConnection {
  send(line: string): void
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
  /** Sends what waits, then closes. */
  close(): void
  /** Cuts the socket. */
  destroy(): void
}

export function streamConnection(socket: WebSocket, clock: Clock): StreamConnection {
  let outbox: string[] = []
  let outboxLength = 0
  let flushing: NodeJS.Immediate | null = null
  let isSilent = false
  let readyListener: (() => void) | null = null
  let keepAliveMs: number | null = null
  let probe: Timer | null = null
  let lastSentMs = clock.monotonicMs()
  let spoilsRow = false
  let breaksLine = false

  function flush(): void {
    flushing = null
    if (isSilent || outbox.length === 0 || socket.readyState !== socket.OPEN) return
    const text = `${outbox.join('\r\n')}\r\n`
    outbox = []
    outboxLength = 0
    lastSentMs = clock.monotonicMs()
    if (breaksLine) {
      // Half of the last line, and no line end.
      socket.send(text.slice(0, text.length - Math.ceil((text.length - text.lastIndexOf('\r\n', text.length - 3)) / 2)))
      return socket.close(1000)
    }
    socket.send(text, () => {
      if (isReady()) readyListener?.()
    })
  }

  function isReady(): boolean {
    return !isSilent && outboxLength + socket.bufferedAmount < SLOW_BYTES
  }

  function watchSilence(): void {
    probe?.cancel()
    probe = null
    if (keepAliveMs === null) return
    const pauseMs = keepAliveMs
    probe = clock.at(lastSentMs + pauseMs, () => {
      if (clock.monotonicMs() - lastSentMs >= pauseMs && !isSilent) {
        send('PROBE')
        lastSentMs = clock.monotonicMs()
      }
      // A silenced socket has nothing to say; look again a pause later.
      if (isSilent) lastSentMs = clock.monotonicMs()
      watchSilence()
    })
  }

  function send(line: string): void {
    const isSpoilt = spoilsRow && line.startsWith('U,')
    if (isSpoilt) spoilsRow = false
    outbox.push(isSpoilt ? line.replace(/^(U,\d+,\d+,).*$/s, '$1^x') : line)
    outboxLength += line.length
    flushing ??= setImmediate(flush)
  }

  function release(): void {
    if (flushing) clearImmediate(flushing)
    probe?.cancel()
    flushing = null
    probe = null
    keepAliveMs = null
    readyListener = null
  }

  socket.on('close', release)
  return {
    send,
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
    close() {
      flush()
      release()
      socket.close(1000)
    },
    destroy() {
      release()
      socket.terminate()
    },
  }
}

/** With more than this unsent, price rows wait and merge instead of queueing up. Our choice. */
const SLOW_BYTES = 256 * 1024
