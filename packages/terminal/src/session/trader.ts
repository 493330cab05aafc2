import { type Contract, type DeskState, leavesExposure, lockMessage } from '@scalpdesk/desk'
import { epic as asEpic, type Clock, type Epic, type Ig, type MarketDetails } from '@scalpdesk/sdk'
import type { KeyAction } from '../keys/key-action.ts'
import type { Keyboard } from '../keys/keyboard.ts'
import { unreachable } from '../screen/unreachable.ts'
import type { QuestionView } from '../screen/view.ts'
import { chooseNextPreset, chooseSize, SIZE_KEYS } from './acting/contracts.ts'
import { acceptUnknown, adopt, unknownOrder } from './acting/deciding.ts'
import { enter } from './acting/entries.ts'
import { exit } from './acting/exits.ts'
import type { Hands } from './acting/hands.ts'
import { changeLegs } from './acting/legs.ts'
import { moveMark, switchMarket } from './acting/looking.ts'
import { armingView, type DisarmedBecause, type Environment, LIVE_SENTENCE, needsConfirmation } from './arming.ts'
import { contextOf, type Dialogue, type Help, NO_DIALOGUE, overlayOf, typedInto } from './dialogue.ts'
import { helpOf, keyboardWords, keyHints } from './help-rows.ts'
import type { KeyTargets } from './key-desk.ts'
import { noticeWords } from './key-notice-words.ts'
import { type NamedMarket, openMarketPicker } from './market-picker.ts'
import { marketSource } from './picked-market.ts'
import type { Scene } from './picture.ts'
import { markedDeal } from './selection.ts'
import type { Standpoint } from './standpoint.ts'
import { unlessSame } from './view/unless-same.ts'

export interface TraderParts {
  readonly ig: Pick<Ig, 'markets' | 'watchlists' | 'allowances' | 'account'>
  readonly clock: Clock
  readonly environment: Environment
  readonly hands: () => Hands
  readonly standpoint: Standpoint
  readonly redraw: () => void
  readonly lookAt: (epic: Epic) => void
  /** Asks for the past of the chart that is looked at. */
  readonly seed: () => void
  /** From now on the desk trades this market too. */
  readonly trade: (contract: Contract) => void
  /** What a market would be traded with, or why it cannot be. */
  readonly contractOf: (market: MarketDetails) => Contract | string
  readonly disarmsOnFocusLoss: boolean
  readonly onChange: () => void
}

/** The keys' side of a session: what each does, what is asked and typed, and whether entries are armed. */
export interface Trader {
  readonly keys: KeyTargets
  readonly quit: Promise<void>
  /** What of it is to be seen. */
  scene(): Pick<Scene, 'selected' | 'arming' | 'keys' | 'keyboard' | 'question' | 'overlay'>
  drawingFailed(): void
  /** Nobody is in front of it now, or somebody else: what was asked is left, and real money has to be confirmed anew. */
  screenChanged(disarms: boolean): void
  stop(): void
}

export function startTrader(parts: TraderParts): Trader {
  const { hands, standpoint, environment, onChange } = parts
  const { texts, words, table } = standpoint
  const { questions } = words
  const quit: QuestionView = { text: questions.quit, short: questions.quitShort }
  const lockDay: QuestionView = { text: questions.lockDay, short: questions.lockDayShort }
  const quitting = Promise.withResolvers<void>()
  let dialogue: Dialogue = NO_DIALOGUE
  let keyboard: Keyboard | null = null
  let isConfirmed = !needsConfirmation(environment)
  let because: DisarmedBecause = 'start'

  function open(next: Dialogue): void {
    if (dialogue.kind === 'picker') dialogue.picker.close()
    dialogue = next
    onChange()
  }
  const leave = (): void => open(NO_DIALOGUE)
  const turnPage = (help: Help, by: 1 | -1): void => open({ ...help, page: help.page + by })

  function ask(question: QuestionView, yes: () => void): void {
    open({ kind: 'question', question, yes })
  }

  function arm(pressedAtMs: number): void {
    hands().desk.want({ kind: 'arm' }, pressedAtMs)
  }

  function disarm(why: DisarmedBecause, pressedAtMs: number): void {
    because = why
    hands().desk.want({ kind: 'disarm' }, pressedAtMs)
  }

  function toggleArmed(pressedAtMs: number): void {
    const { desk, say } = hands()
    const { lock } = desk.state.memory
    if (desk.state.isArmed) return disarm('trader', pressedAtMs)
    if (lock) return say(words.said.lockedAlready(words.desk(lockMessage(lock))))
    if (isConfirmed) return arm(pressedAtMs)
    const confirmed = (): void => {
      isConfirmed = true
      arm(parts.clock.monotonicMs())
    }
    const confirmation = {
      ask: texts.session.confirmLive(LIVE_SENTENCE),
      sentence: LIVE_SENTENCE,
      typed: '',
      confirmed,
    }
    open({ kind: 'confirm', confirmation })
  }

  function pick(): void {
    const { state } = hands().now
    const traded = [...state.contracts.values()].map(({ market: { epic, name } }): NamedMarket => ({ epic, name }))
    const picker = openMarketPicker({
      source: marketSource(parts.ig),
      clock: parts.clock,
      words: words.picker,
      traded,
      recent: standpoint.recent.flatMap(nameable),
      choose: trade,
      onChange,
      onLeave: leave,
    })
    open({ kind: 'picker', picker })
  }

  /** A market with a preset of its own, made from its rules, or why not. */
  function trade(market: MarketDetails | NamedMarket): string | null {
    const { say, desk } = hands()
    if (!desk.state.contracts.has(market.epic)) {
      if (!('instrument' in market)) return words.picker.asking
      const made = parts.contractOf(market)
      if (typeof made === 'string') return made
      parts.trade(made)
    }
    standpoint.note({ epic: market.epic, name: market.name })
    leave()
    parts.lookAt(market.epic)
    say(words.said.market(market.name))
    return null
  }

  function act(action: KeyAction, pressedAtMs: number): void {
    const at = hands()
    switch (action) {
      case 'buy':
      case 'sell':
      case 'reverse':
      case 'join-bid':
      case 'join-offer':
        return enter(at, action, pressedAtMs)
      case 'flatten':
      case 'flatten-market':
      case 'close-position':
      case 'close-half':
      case 'close-quarter':
      case 'cancel-order':
      case 'cancel-orders':
        return exit(at, action, pressedAtMs)
      case 'breakeven':
      case 'stop-up':
      case 'stop-down':
      case 'limit-up':
      case 'limit-down':
      case 'tighten-stop':
      case 'toggle-trailing':
      case 'remove-limit':
        return changeLegs(at, action, pressedAtMs)
      case 'size-1':
      case 'size-2':
      case 'size-3':
      case 'size-4':
      case 'size-5':
      case 'size-6':
      case 'size-7':
      case 'size-8':
      case 'size-9':
        return chooseSize(at, SIZE_KEYS[action], pressedAtMs)
      case 'next-preset':
        return chooseNextPreset(at, pressedAtMs)
      case 'toggle-armed':
        return toggleArmed(pressedAtMs)
      case 'lock-day':
        return ask(lockDay, () => at.desk.want({ kind: 'lock-day' }, parts.clock.monotonicMs()))
      case 'adopt':
        return adopt(at, pressedAtMs)
      case 'accept-unknown': {
        const order = unknownOrder(at)
        if (typeof order === 'string') return at.say(order)
        return ask(order.question, () => acceptUnknown(hands(), order.id, parts.clock.monotonicMs()))
      }
      case 'next-market':
        return switchMarket(at, 1, parts.lookAt)
      case 'previous-market':
        return switchMarket(at, -1, parts.lookAt)
      case 'pick-market':
        return pick()
      case 'next-time-frame':
        standpoint.nextTimeFrame()
        parts.seed()
        return at.say(words.said.timeFrame(standpoint.appearance.timeFrame))
      case 'next-layout':
        standpoint.nextLayout()
        return at.say(words.said.layout(standpoint.appearance.layout))
      case 'next-selection':
        return dialogue.kind === 'help' ? turnPage(dialogue, 1) : moveMark(at, 1, standpoint)
      case 'previous-selection':
        return dialogue.kind === 'help' ? turnPage(dialogue, -1) : moveMark(at, -1, standpoint)
      case 'help':
        return dialogue.kind === 'help' ? leave() : open(helpOf(table, keyboard, texts))
      case 'redraw':
        parts.redraw()
        return at.say(words.said.redrawn)
      case 'quit':
        if (leavesExposure(at.desk.state)) return ask(quit, quitting.resolve)
        return quitting.resolve()
      case 'yes': {
        if (dialogue.kind !== 'question') return
        const { yes } = dialogue
        leave()
        return yes()
      }
      case 'no':
        if (dialogue.kind !== 'question') return
        leave()
        return at.say(words.questions.left)
      default:
        return unreachable(action)
    }
  }

  const keys: KeyTargets = {
    context: () => contextOf(dialogue),
    notice: notice => hands().say(noticeWords(notice, texts)),
    keyboardKnown(known) {
      keyboard = known
      onChange()
    },
    act,
    type(input) {
      if (dialogue.kind === 'picker') return dialogue.picker.type(input)
      if (dialogue.kind !== 'confirm') return
      const { confirmation } = dialogue
      const result = typedInto(confirmation, input)
      if (result.kind === 'typing') return open({ kind: 'confirm', confirmation: result.confirmation })
      leave()
      if (result.kind === 'confirmed') return confirmation.confirmed()
      hands().say(result.kind === 'wrong' ? words.said.wrongSentence : words.said.notArmed)
    },
    focus(isFocused) {
      if (isFocused || !parts.disarmsOnFocusLoss || !hands().desk.state.isArmed) return
      disarm('focus', parts.clock.monotonicMs())
      hands().say(words.said.disarmedByFocus)
    },
  }

  const arming = unlessSame((isArmed: boolean, memory: DeskState['memory'], why: DisarmedBecause) =>
    armingView({ isArmed, memory }, why, words),
  )
  const hints = unlessSame((context: ReturnType<typeof contextOf>, hasBareModifiers: boolean) =>
    keyHints(table, context, hasBareModifiers, texts),
  )
  const overlay = unlessSame((shown: Dialogue, _version: number) => overlayOf(shown))
  return {
    keys,
    quit: quitting.promise,
    scene() {
      const { desk, now } = hands()
      const { isArmed, memory } = desk.state
      return {
        selected: markedDeal(desk.state, now.look),
        arming: arming(isArmed, memory, because),
        keys: hints(contextOf(dialogue), keyboard?.bareModifiers ?? false),
        keyboard: keyboardWords(table, keyboard, !isArmed && because === 'focus', texts),
        question: dialogue.kind === 'question' ? dialogue.question : null,
        overlay: overlay(dialogue, dialogue.kind === 'picker' ? dialogue.picker.version : 0),
      }
    },
    drawingFailed() {
      if (hands().desk.state.isArmed) disarm('drawing', parts.clock.monotonicMs())
      hands().say(words.said.textMode)
    },
    screenChanged(disarms) {
      leave()
      isConfirmed = !needsConfirmation(environment)
      if (disarms && hands().desk.state.isArmed) disarm('screen', parts.clock.monotonicMs())
    },
    stop: leave,
  }
}

/** A file that a person may have changed names these. */
function nameable({ epic, name }: { readonly epic: string; readonly name: string }): readonly NamedMarket[] {
  try {
    return [{ epic: asEpic(epic), name }]
  } catch {
    return []
  }
}
