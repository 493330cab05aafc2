import type { JournalPort } from '@scalpdesk/desk'
import { systemClock } from '@scalpdesk/sdk'
import type { KeyTable } from '../keys/key-table.ts'
import type { Screen } from '../screen/screen.ts'
import type { Environment } from '../session/arming.ts'
import { findPlayer } from '../session/outcome-signals.ts'
import { type Picture, startPicture } from '../session/picture.ts'
import { type Remembered, rememberScreen } from '../session/screen-memory.ts'
import { sessionWords } from '../session/session-words.ts'
import { startTradingSession, type TradingSession } from '../session/trading-session.ts'
import type { FoundSettings } from '../settings/read-settings.ts'
import { textsOf } from '../texts/texts.ts'
import { appearanceOf, disarmsOnFocusLoss } from './start-appearance.ts'
import type { OpenParts } from './start-parts.ts'

export interface SessionAround {
  readonly environment: Environment
  readonly settings: FoundSettings
  readonly table: KeyTable
  readonly remembered: Remembered
  readonly remember: (remembered: Remembered) => void
  /** Takes what passes too fast on a screen. */
  readonly notices: { add(text: string): unknown }
  readonly openScreen: () => Screen
  readonly openTextMode: () => Screen
  /** Where records go on their way to the journal. */
  readonly journal: JournalPort
  /** As the environment has it, unless told. */
  readonly isArmed?: boolean
}

/** Desk, guard and picture on a broker that is signed in to. */
export function beginSession(
  parts: OpenParts,
  around: SessionAround,
): { readonly picture: Picture; readonly session: TradingSession } {
  const { environment, settings, notices, remembered } = around
  const words = sessionWords(settings.screen.language)
  const picture = startPicture({
    clock: systemClock,
    openScreen: around.openScreen,
    openTextMode: around.openTextMode,
    environment,
    account: `${parts.ig.account.id} · ${parts.ig.account.currency}`,
    words,
    onFault: error => notices.add(`the screen could not be worked out: ${error.message}`),
  })
  for (const told of [...parts.journal.recovered.problems, ...(parts.recovered?.problems ?? [])]) notices.add(told)
  const { bell } = settings.screen
  const session = startTradingSession({
    ...parts,
    journal: around.journal,
    picture,
    clock: systemClock,
    environment,
    texts: textsOf(settings.screen.language),
    words,
    table: around.table,
    // A tape tells the time of the day that it was recorded on.
    setup:
      environment === 'mock' ? { ...parts.setup, watch: { ...settings.watchdogs, maxClockSkewMs: null } } : parts.setup,
    appearance: appearanceOf(settings, remembered),
    remembered,
    remember: around.remember,
    disarmsOnFocusLoss: disarmsOnFocusLoss(settings, environment),
    sounds: bell,
    player: Object.values(bell).some(sound => typeof sound === 'object') ? findPlayer(process.env.PATH ?? '') : null,
    ...(around.isArmed !== undefined && { isArmed: around.isArmed }),
  })
  return { picture, session }
}

/** What cannot be kept costs a choice the next time: it is told once. */
export function keeperOf(file: string, tell: (text: string) => void): (remembered: Remembered) => void {
  return remembered => {
    try {
      rememberScreen(file, remembered)
    } catch (error) {
      tell(`what the screen remembers could not be kept: ${(error as Error).message}`)
    }
  }
}
