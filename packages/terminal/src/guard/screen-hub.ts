import type { DeskState } from '@scalpdesk/desk'
import type { Clock } from '@scalpdesk/sdk'
import type { AttachedScreen } from '../host/host-server.ts'
import type { GuardSaid, ScreenSaid } from '../host/screen-message.ts'
import { factsOf } from '../keys/key-action.ts'
import type { Screen } from '../screen/screen.ts'
import type { ScreenView } from '../screen/view.ts'
import type { KeyTargets } from '../session/key-desk.ts'
import { type KeyInput, takeKeyInput } from '../session/key-input.ts'
import type { SessionWords } from '../session/session-words.ts'
import type { TradingSession } from '../session/trading-session.ts'
import { absence } from './absence.ts'
import { chartPast } from './chart-past.ts'
import { type ScreenLink, screenLink } from './screen-link.ts'

export interface ScreenHubParts {
  readonly clock: Pick<Clock, 'nowMs' | 'monotonicMs'>
  /** Monotonic time that all processes share. */
  readonly machineMs: () => number
  readonly words: SessionWords
  /** Entries stay as they are when screens come and go. */
  readonly staysArmed: boolean
  /** A screen has come or gone; so many are there now. */
  readonly onScreens: (what: 'attached' | 'left', screens: number) => void
}

/** What of a session the screens that are attached need. */
export interface HubSession extends Pick<TradingSession, 'screenChanged' | 'drawingFailed'> {
  readonly keys: KeyTargets
  readonly served: { readonly state: Pick<DeskState, 'news'> }
}

/**
 * The screens that are attached to a guard, as one screen. The one that came last has the keys; older ones only look on, and their
 * one key that trades is flatten.
 */
export interface ScreenHub {
  /** For the guard's picture. */
  readonly asScreen: Screen
  readonly screens: number
  /** Takes keys from now on, and says what happened while nobody looked. */
  serve(session: HubSession, notice: (text: string) => void): void
  attach(tell: (said: GuardSaid) => void): AttachedScreen
}

/** An entry that was pressed longer ago was meant for a price that has gone: our choice, far above what a socket takes. */
const LATE_MS = 1_000

/** One that is attached. */
interface Attached {
  readonly tell: (said: GuardSaid) => void
  readonly link: ScreenLink
  /** What it was told keys mean. */
  place: string
  /** A view has reached its terminal: before, nobody can have meant an entry. */
  hasPainted: boolean
}

export function screenHub(parts: ScreenHubParts): ScreenHub {
  const { clock, words } = parts
  const past = chartPast(clock.nowMs() - clock.monotonicMs())
  const away = absence(words)
  const paintedListeners: ((sequence: number, atMs: number) => void)[] = []
  const VIEW_ONLY: Pick<ScreenView, 'arming' | 'keys'> = {
    arming: { kind: 'disarmed', why: words.arming.elsewhere },
    keys: [],
  }
  /** The newest last: it has the keys. */
  let attached: readonly Attached[] = []
  let served: { readonly session: HubSession; readonly notice: (text: string) => void } | null = null
  let sequence = 0
  let view: ScreenView | null = null
  let place = 0
  let lastContext = ''

  const news = () => served?.session.served.state.news ?? []
  const hasKeys = (one: Attached): boolean => attached.at(-1) === one
  const viewFor = (one: Attached, whole: ScreenView): ScreenView => (hasKeys(one) ? whole : { ...whole, ...VIEW_ONLY })

  /** What keys mean: told as soon as it changes, so that the next key is read by it. */
  function tellPlaces(): void {
    if (served === null) return
    const context = served.session.keys.context()
    if (context !== lastContext) place += 1
    lastContext = context
    for (const one of attached) {
      const own = hasKeys(one) ? context : 'trading'
      if (one.place === `${own} ${place}`) continue
      one.place = `${own} ${place}`
      one.tell({ kind: 'place', context: own, place })
    }
  }

  function show(next: ScreenView): number {
    sequence += 1
    past.record(next, clock.monotonicMs())
    view = next
    tellPlaces()
    for (const one of attached) one.link.offer(sequence, viewFor(one, next))
    return sequence
  }

  function take(one: Attached, said: Exclude<ScreenSaid, { kind: 'attach' }>): void {
    switch (said.kind) {
      case 'key':
        press(one, said)
        return one.tell({ kind: 'acted', ask: said.ask })
      case 'taken':
        return one.link.taken()
      case 'painted':
        greet(one)
        if (hasKeys(one)) for (const listener of paintedListeners) listener(said.sequence, said.atMs)
        return
      case 'drawing-failed':
        if (hasKeys(one)) served?.session.drawingFailed()
        return
    }
  }

  /** From its first picture on somebody looks: then it is told what happened before. */
  function greet(one: Attached): void {
    if (one.hasPainted) return
    one.hasPainted = true
    const told = away.end(news(), clock.monotonicMs())
    if (told !== null) served?.notice(told)
  }

  function press(one: Attached, said: Extract<ScreenSaid, { kind: 'key' }>): void {
    if (served === null) return
    const { input } = said
    const nowMs = clock.monotonicMs()
    const agoMs = Math.max(0, parts.machineMs() - said.pressedAtMs)
    const refusal = refusalOf(one, said, agoMs)
    if (refusal !== null) return refusal === '' ? undefined : served.notice(refusal)
    takeKeyInput(served.session.keys, input, nowMs - agoMs)
    // An answered question is another one's place, even where the next one looks the same.
    if (input.kind === 'act' && (input.action === 'yes' || input.action === 'no')) place += 1
    tellPlaces()
  }

  /** Why a key is not taken, in words; empty where the screen says it all the time. Exits are always taken from the one that has the keys. */
  function refusalOf(
    one: Attached,
    { input, place: seen }: Extract<ScreenSaid, { kind: 'key' }>,
    agoMs: number,
  ): string | null {
    if (!hasKeys(one)) return input.kind === 'act' && input.action === 'flatten' ? null : ''
    if (input.kind !== 'act' && input.kind !== 'type') return null
    const kind = input.kind === 'act' ? factsOf(input.action).kind : 'other'
    if (kind === 'exit') return null
    if (isOfScreen(input)) return ''
    if (seen !== place) return words.said.placeChanged
    if (kind !== 'entry') return null
    if (!one.hasPainted) return words.said.nothingPainted
    return agoMs > LATE_MS ? words.said.tooLate((agoMs / 1_000).toFixed(1)) : null
  }

  function attach(tell: (said: GuardSaid) => void): AttachedScreen {
    const one: Attached = { tell, link: screenLink(tell), place: '', hasPainted: false }
    const isTakenOver = attached.length > 0
    attached = [...attached, one]
    // Who looks on from now on is told so by the next view.
    if (isTakenOver) served?.session.screenChanged(!parts.staysArmed)
    parts.onScreens('attached', attached.length)
    tellPlaces()
    if (view !== null) {
      one.link.offer(sequence, viewFor(one, view))
      one.link.later(past.told(view))
    }
    return { take: said => take(one, said), left: () => left(one) }
  }

  function left(one: Attached): void {
    const hadKeys = hasKeys(one)
    attached = attached.filter(other => other !== one)
    parts.onScreens('left', attached.length)
    if (hadKeys) served?.session.screenChanged(!parts.staysArmed)
    if (attached.length === 0) away.begin(news(), clock.monotonicMs())
    tellPlaces()
  }

  return {
    asScreen: {
      show,
      // Each screen has its own size.
      resize() {},
      seed(epic, timeFrame, candles) {
        past.seed(epic, timeFrame, candles)
        for (const { tell } of attached) tell({ kind: 'past', epic, timeFrame, candles })
      },
      ring() {
        for (const { tell } of attached) tell({ kind: 'bell' })
      },
      stopNow: () => true,
      onFailure() {},
      onPainted: listener => void paintedListeners.push(listener),
      // Each screen tells what it painted before the key that depends on it.
      lookPainted() {},
    },
    get screens() {
      return attached.length
    },
    serve(session, notice) {
      served = { session, notice }
      if (attached.length === 0) away.begin(news(), clock.monotonicMs())
    },
    attach,
  }
}

/** What a screen does by itself: to leave it, and to draw it anew. */
export const isOfScreen = (input: KeyInput): boolean =>
  input.kind === 'act' && (input.action === 'quit' || input.action === 'redraw')
