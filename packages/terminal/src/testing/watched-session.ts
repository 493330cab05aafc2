import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { startSettings } from '../cli/start-settings.ts'
import type { KeyAction } from '../keys/key-action.ts'
import { startRerunSession } from '../rerun/rerun-session.ts'
import type { SessionInput } from '../rerun/session-input.ts'
import type { SessionSpec } from '../rerun/session-spec.ts'
import type { WorldClock } from '../rerun/world-clock.ts'
import type { Screen } from '../screen/screen.ts'
import type { ScreenView } from '../screen/view.ts'
import { type Picture, startPicture } from '../session/picture.ts'
import { sessionWords } from '../session/session-words.ts'
import { madeUpTape } from './made-up-tape.ts'
import { mondaySession } from './monday-session.ts'

/** The screen paints at most 60 times a second. */
export const FRAME_MS = 17

/** A whole session by hand: broker, desk and screen in one process, on a clock that stands still between two steps. */
export interface WatchedSession {
  readonly clock: WorldClock
  readonly picture: Picture
  /** The newest view that went to the screen. */
  readonly view: ScreenView
  /** Dealing requests that reached the broker, such as `POST /positions/otc`. */
  readonly orders: readonly string[]
  /** A key, and nothing after it. */
  press(action: KeyAction): Promise<void>
  take(input: SessionInput): Promise<void>
  pass(ms: number): Promise<void>
  close(): Promise<void>
}

export interface WatchedParts {
  /** What the views go to; on the session's clock. */
  readonly show: (view: ScreenView, clock: WorldClock) => void
  readonly mock?: SessionSpec['mock']
}

/** On a made-up tape that wanders around one price. */
export async function watchedSession({ show, mock }: WatchedParts): Promise<WatchedSession> {
  const file = madeUpTape(5, QUIET)
  const folder = mkdtempSync(join(tmpdir(), 'watched-'))
  const spec = mondaySession(file, mock)
  const orders: string[] = []
  let view: ScreenView | null = null
  let picture: Picture | null = null
  const running = await startRerunSession({
    spec,
    settings: startSettings(folder),
    folder,
    onOrder: ({ method, path }) => void orders.push(`${method} ${path.replace(/\/D[A-Z0-9]+$/, '/…')}`),
    onNotice() {},
    onlooker(clock, account) {
      const openScreen = (): Screen => screenOf(clock)
      const words = sessionWords('en')
      const parts = { clock, openScreen, openTextMode: openScreen, environment: 'mock', account, words } as const
      picture = startPicture({ ...parts, onFault: raise })
      return picture
    },
    player: null,
    isKept: false,
  })

  function screenOf(clock: WorldClock): Screen {
    const painted: ((sequence: number, atMs: number) => void)[] = []
    let sequence = 0
    return {
      show(next) {
        view = next
        show(next, clock)
        sequence += 1
        const own = sequence
        queueMicrotask(() => {
          for (const listener of painted) listener(own, clock.nowMs())
        })
        return own
      },
      resize() {},
      seed() {},
      ring() {},
      stopNow: () => true,
      onFailure() {},
      onPainted: listener => void painted.push(listener),
      lookPainted() {},
    }
  }

  const { clock } = running
  const take = (input: SessionInput) => running.take({ atMs: clock.monotonicMs(), input })
  return {
    clock,
    orders,
    take,
    get picture() {
      return there(picture)
    },
    get view() {
      return there(view)
    },
    press: action => take({ kind: 'act', action }),
    pass: ms => clock.runTo(clock.monotonicMs() + ms),
    async close() {
      await running.end()
      picture?.stop()
      for (const made of [folder, dirname(file)]) rmSync(made, { recursive: true })
    },
  }
}

const QUIET = [
  [0, 0],
  [60, 0],
] as const

function there<Value>(value: Value | null): Value {
  if (value === null) throw new Error('expected a frame to have been shown, but none was; let a moment pass')
  return value
}

function raise(error: Error): never {
  throw error
}
