import { systemClock } from '@scalpdesk/sdk'
import { EXIT, ExitError } from '../exit-status.ts'
import { listenForSignals } from '../interruption.ts'
import type { KeyContext } from '../keys/key-table.ts'
import { printable } from '../printable.ts'
import { runPaced } from '../rerun/paced-session.ts'
import { type ReplayControls, replayControls } from '../rerun/replay-controls.ts'
import { startRerunSession } from '../rerun/rerun-session.ts'
import type { SessionFolder } from '../rerun/session-folder.ts'
import type { SessionInput, TimedInput } from '../rerun/session-input.ts'
import type { SessionSpec } from '../rerun/session-spec.ts'
import { type TapeTrace, tapeTrace } from '../rerun/tape-trace.ts'
import { findPlayer } from '../session/outcome-signals.ts'
import { type Picture, startPicture } from '../session/picture.ts'
import { sessionWords } from '../session/session-words.ts'
import type { Terminal } from '../terminal.ts'
import { textsOf } from '../texts/texts.ts'
import { type Drawing, startDrawing } from './drawing.ts'
import { mockRefusal } from './mock-refusal.ts'
import { keepInForeground } from './screen-terminal.ts'
import type { StartSettings } from './start-settings.ts'
import { type StartUpTerminal, startUpTerminal } from './start-up-terminal.ts'

export interface ReplayPlan {
  readonly spec: SessionSpec
  readonly found: StartSettings
  /** Where the session is kept; what is begun again from an earlier time goes beside it, numbered. */
  readonly folder: string
  keep(folder: string): SessionFolder
  /** A time of day, milliseconds since midnight UTC. */
  readonly until: number | null
  /** Told as lines instead of drawn. */
  readonly isLinear: boolean
  readonly useColour: boolean
}

/** From where a session goes on: its inputs so far are run again first, as fast as can be. */
interface Beginning {
  readonly number: number
  readonly inputs: readonly TimedInput[]
  readonly atMs: number
  readonly trace: TapeTrace
  /** To be reached at once; milliseconds since 1970. */
  readonly goOnToMs: number | null
}

/** How it was left: for good, or for an earlier time. */
type Left = { readonly kind: 'over'; readonly status: number } | { readonly kind: 'back'; readonly to: Beginning }

/** The trading screen on a tape, kept so that it can be run again. @returns the exit status */
export async function replayOnScreen(terminal: Terminal, plan: ReplayPlan): Promise<number> {
  const interruption = listenForSignals()
  const leave = (): void => terminal.leave()
  process.on('exit', leave)
  const { screen } = plan.found.settings
  // For lines it is entered by what tells them.
  if (!plan.isLinear) terminal.enter()
  const startUp = startUpTerminal(terminal, interruption, systemClock)
  startUp.bindKeys(plan.found.table)
  const notices = new Set<string>(plan.found.settings.from.notices)
  try {
    const { isLinear, useColour } = plan
    const drawing = await startDrawing(terminal, { isLinear, useColour, screen }, startUp.listen)
    const seat = onTerminal(terminal)
    let left: Left = {
      kind: 'back',
      to: { number: 1, inputs: [], atMs: 0, trace: tapeTrace(), goOnToMs: null },
    }
    while (left.kind === 'back') left = await play(left.to, { plan, startUp, drawing, seat, notices })
    return left.status
  } finally {
    await startUp.leave()
    leave()
    process.off('exit', leave)
    for (const text of notices) process.stderr.write(`scalpdesk: ${printable(text)}\n`)
  }
}

/** What the terminal tells goes to the session that is played now. */
interface Seat {
  picture: Picture | null
  controls: ReplayControls | null
}

function onTerminal(terminal: Terminal): Seat {
  const seat: Seat = { picture: null, controls: null }
  keepInForeground(terminal, {
    resize: (columns, rows) => seat.picture?.resize(columns, rows),
    notice: text => seat.picture?.notice(text),
  })
  terminal.onInput(chunk => seat.controls?.take(chunk))
  return seat
}

interface Played {
  readonly plan: ReplayPlan
  readonly startUp: StartUpTerminal
  readonly drawing: Drawing
  readonly seat: Seat
  readonly notices: Set<string>
}

async function play(begin: Beginning, { plan, startUp, drawing, seat, notices }: Played): Promise<Left> {
  const { settings, table } = plan.found
  const { terminal } = startUp
  const texts = textsOf(settings.screen.language).replay
  /** A header shows what the tape does; lines have to say it. */
  const tell = (text: string): void => (plan.isLinear ? seat.picture?.notice(text) : undefined)
  const folder = begin.number === 1 ? plan.folder : `${plan.folder}-${begin.number}`
  const kept = plan.keep(folder)
  const taken: TimedInput[] = []
  function keepInput(timed: TimedInput): void {
    kept.input(timed)
    taken.push(timed)
  }
  let controls: ReplayControls | null = null
  /** Pressed before the session's time goes on. */
  const early: SessionInput[] = []
  let add = (input: SessionInput): void => void early.push(input)
  let context = (): KeyContext => 'trading'
  const hearKeys = (): void =>
    startUp.handOver({
      keys: {
        context: () => context(),
        act: action => add({ kind: 'act', action }),
        type: input => add({ kind: 'type', input }),
        notice: notice => add({ kind: 'notice', notice }),
        keyboardKnown: keyboard => add({ kind: 'keyboard', keyboard }),
        focus: isFocused => add({ kind: 'focus', isFocused }),
      },
    })
  try {
    const running = await startRerunSession({
      spec: plan.spec,
      settings: plan.found,
      folder,
      onOrder: kept.order,
      onNotice(text) {
        notices.add(text)
        seat.picture?.notice(text)
      },
      onlooker(clock, accountText) {
        const picture = startPicture({
          clock: {
            ...clock,
            at: (dueMs, run) => systemClock.at(systemClock.monotonicMs() + dueMs - clock.monotonicMs(), run),
          },
          openScreen: drawing.open,
          openTextMode: drawing.openTextMode,
          environment: 'mock',
          account: () => `${accountText()}${controls === null ? '' : ` · ${controls.words()}`}`,
          words: sessionWords(settings.screen.language),
          onFault: error => notices.add(`the screen could not be worked out: ${error.message}`),
        })
        seat.picture = picture
        // From its first frame on; one that is gone back to shows what was pressed before, and hears keys when that is over.
        if (begin.number === 1) hearKeys()
        return picture
      },
      player: findPlayer(process.env.PATH ?? ''),
      isKept: true,
    }).catch(error => {
      throw error instanceof ExitError ? error : mockRefusal(error)
    })
    const { session, tape, clock } = running
    const stopPainting = (): void => {
      seat.picture?.stop()
      drawing.flush()
    }
    terminal.beforeLeaving({ stopPainting, lastWords: session.leftOpen })
    seat.picture?.resize(terminal.columns, terminal.rows)
    for (const timed of begin.inputs) {
      keepInput(timed)
      await running.take(timed)
    }
    await clock.runTo(begin.atMs)
    const paced = runPaced(running, { clock: systemClock, onInput: keepInput })
    add = paced.add
    context = session.keys.context
    for (const input of early.splice(0)) add(input)
    let status: number = EXIT.done
    let back: Beginning | null = null
    /** Not before the first: there is nothing to go back to. */
    function goBack(byMs: number): void {
      const { atMs } = tape.position
      if (atMs === null || back !== null) return
      const sessionMs = begin.trace.sessionMsAt(atMs - byMs)
      back = {
        number: begin.number + 1,
        inputs: taken.filter(timed => timed.atMs <= sessionMs),
        atMs: sessionMs,
        trace: begin.trace.until(sessionMs),
        goOnToMs: atMs - byMs,
      }
      add({ kind: 'end' })
    }
    const isBound = (name: string): boolean => table.bindingOf('trading', name) !== undefined
    controls = replayControls(tape, { add, tell, back: goBack }, isBound, texts)
    seat.controls = controls
    if (begin.number > 1) hearKeys()
    let hasEnded = false
    const stopTracing = trace(() => {
      const { position } = tape
      begin.trace.note(clock.monotonicMs(), position.atMs)
      if (position.hasEnded && !hasEnded) tell(texts.hasEnded)
      hasEnded = position.hasEnded
    })
    if (begin.goOnToMs !== null) controls.goOnTo(begin.goOnToMs)
    else if (plan.until !== null) controls.goOnUntil(plan.until)
    void startUp.abandoned.then(given => {
      status = given
      add({ kind: 'end' })
    })
    await paced.over
    stopTracing()
    seat.controls = null
    const next = back as Beginning | null
    if (next === null) await startUp.leave()
    else seat.picture?.stop()
    const summary = session.summary()
    await running.end()
    if (next !== null) return { kind: 'back', to: next }
    process.stdout.write(`${summary.map(printable).join('\n')}\n`)
    process.stdout.write(`${printable(texts.kept(folder))}\n`)
    return { kind: 'over', status }
  } finally {
    kept.close()
  }
}

/** Our choice: what lies between two notes is gone through again, as fast as can be. */
const NOTE_EVERY_MS = 100

function trace(note: () => void): () => void {
  let timer = again()
  function again(): { cancel(): void } {
    return systemClock.at(systemClock.monotonicMs() + NOTE_EVERY_MS, () => {
      note()
      timer = again()
    })
  }
  return () => timer.cancel()
}
