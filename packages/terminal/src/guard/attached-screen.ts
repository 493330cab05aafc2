import type { Clock } from '@scalpdesk/sdk'
import { type HostClient, HostLost } from '../host/host-client.ts'
import { HostEnded } from '../host/host-message.ts'
import type { GuardSaid } from '../host/screen-message.ts'
import { factsOf, type KeyAction } from '../keys/key-action.ts'
import type { KeyContext, KeySettings } from '../keys/key-table.ts'
import type { Screen } from '../screen/screen.ts'
import { unreachable } from '../screen/unreachable.ts'
import type { ScreenView } from '../screen/view.ts'
import { withChanges } from '../screen/view-changes.ts'
import type { KeyTargets } from '../session/key-desk.ts'
import type { KeyInput } from '../session/key-input.ts'
import { lastingScreen } from '../session/lasting-screen.ts'
import { isOfScreen } from './screen-hub.ts'

export interface AttachedScreenParts {
  readonly clock: Pick<Clock, 'monotonicMs'>
  /** Monotonic time that all processes share. */
  readonly machineMs: () => number
  readonly openScreen: () => Screen
  readonly openTextMode: () => Screen
}

/** A screen whose desk is in a guard. */
export interface AttachedScreen {
  /** The keys by which the guard's hints are written, once there is something to see. */
  readonly ready: Promise<KeySettings>
  readonly keys: KeyTargets
  readonly over: Promise<AttachedEnd>
  /** What was shown last; null before the first. */
  readonly view: ScreenView | null
  resize(columns: number, rows: number): void
  /** For good: nothing is written to the terminal after it returns. */
  stop(): void
}

export type AttachedEnd =
  /** The trader left, and the guard goes on. */
  | { readonly kind: 'left' }
  /** The guard was ended by somebody. */
  | { readonly kind: 'ended' }
  /** It does not take this screen. */
  | { readonly kind: 'refused'; readonly words: string }
  /** The guard broke off. `unanswered`: what may have been begun, or not. */
  | { readonly kind: 'lost'; readonly unanswered: readonly KeyAction[] }

export function attachedScreen(
  guard: Pick<HostClient, 'attach' | 'say' | 'over'>,
  parts: AttachedScreenParts,
): AttachedScreen {
  const { clock } = parts
  const over = Promise.withResolvers<AttachedEnd>()
  const seen = Promise.withResolvers<void>()
  /** The guard's number of each view on its way to the terminal, by the painter's. */
  const numbers = new Map<number, number>()
  /** Keys that the guard has not said it took. */
  const pressed = new Map<number, KeyAction>()
  let at: { readonly context: KeyContext; readonly place: number } = { context: 'trading', place: 0 }
  let view: ScreenView | null = null
  let asks = 0
  const screen = lastingScreen({
    clock,
    openScreen: parts.openScreen,
    openTextMode: parts.openTextMode,
    onPainted(number, atMs) {
      const sequence = numbers.get(number)
      for (const one of numbers.keys()) if (one <= number) numbers.delete(one)
      if (sequence !== undefined) guard.say({ kind: 'painted', sequence, atMs })
    },
    onReplaced(_error, by) {
      numbers.clear()
      if (by === 'text') guard.say({ kind: 'drawing-failed' })
      if (view !== null) screen.show(view)
    },
  })

  function hear(said: GuardSaid): void {
    switch (said.kind) {
      case 'view':
        view = withChanges(view, said.changed)
        numbers.set(screen.show(view), said.sequence)
        seen.resolve()
        return guard.say({ kind: 'taken', sequence: said.sequence })
      case 'past':
        return screen.seed(said.epic, said.timeFrame, said.candles)
      case 'bell':
        return screen.ring()
      case 'place':
        at = said
        return
      case 'acted':
        return void pressed.delete(said.ask)
      case 'attached':
        return
      default:
        return unreachable(said)
    }
  }

  function send(input: KeyInput, pressedAtMs: number): void {
    // What the trader had seen goes before what he pressed.
    screen.lookPainted()
    asks += 1
    if (input.kind === 'act' && factsOf(input.action).danger !== 'none') pressed.set(asks, input.action)
    const machineAtMs = parts.machineMs() - (clock.monotonicMs() - pressedAtMs)
    guard.say({ kind: 'key', ask: asks, input, pressedAtMs: machineAtMs, place: at.place })
  }

  guard.over.catch(error => {
    if (error instanceof HostEnded) over.resolve({ kind: 'ended' })
    else if (error instanceof HostLost) over.resolve({ kind: 'lost', unanswered: [...new Set(pressed.values())] })
    else over.resolve({ kind: 'refused', words: error instanceof Error ? error.message : String(error) })
  })
  const attaching = guard.attach(hear)
  const ready = Promise.all([attaching, seen.promise]).then(([keys]) => keys)
  // How it ended says why.
  ready.catch(error => over.resolve({ kind: 'refused', words: error instanceof Error ? error.message : String(error) }))
  return {
    ready,
    over: over.promise,
    get view() {
      return view
    },
    keys: {
      context: () => at.context,
      act(action, pressedAtMs) {
        if (!isOfScreen({ kind: 'act', action })) return send({ kind: 'act', action }, pressedAtMs)
        if (action === 'quit') over.resolve({ kind: 'left' })
        else screen.redraw()
      },
      type: input => send({ kind: 'type', input }, clock.monotonicMs()),
      notice: notice => send({ kind: 'notice', notice }, clock.monotonicMs()),
      keyboardKnown: keyboard => send({ kind: 'keyboard', keyboard }, clock.monotonicMs()),
      focus: isFocused => send({ kind: 'focus', isFocused }, clock.monotonicMs()),
    },
    resize: screen.resize,
    stop: screen.stopNow,
  }
}
