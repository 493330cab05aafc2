import { systemClock } from '@scalpdesk/sdk'
import type { Screen } from '../screen/screen.ts'
import { startPlainScreen, writeInBackground } from '../session/plain-screen.ts'
import type { FoundSettings } from '../settings/read-settings.ts'
import type { Terminal } from '../terminal.ts'
import { textsOf } from '../texts/texts.ts'
import { enterTerminal } from './enter-terminal.ts'
import { screenOpener } from './screen-terminal.ts'

/** How a session is shown on this terminal: drawn, or told as lines. */
export interface Drawing {
  /** Called again when the painting thread dies. */
  readonly open: () => Screen
  /** What is drawn on when it dies too often. */
  readonly openTextMode: () => Screen
  /** What is still to be written, before the terminal is left. */
  flush(): void
}

export interface DrawingOptions {
  readonly isLinear: boolean
  readonly useColour: boolean
  readonly screen: FoundSettings['screen']
}

/** Enters the terminal, and begins to load what draws. */
export async function startDrawing(
  terminal: Terminal,
  { isLinear, useColour, screen }: DrawingOptions,
  listen: () => void,
): Promise<Drawing> {
  enterTerminal(terminal, isLinear)
  listen()
  const drawn = isLinear
    ? await linearOutput(terminal, screen)
    : { open: screenOpener(terminal, useColour), flush() {} }
  const texts = textsOf(screen.language)
  return {
    ...drawn,
    openTextMode: () => startPlainScreen({ write: writeInBackground(systemClock), clock: systemClock, texts }),
  }
}

/** Lines in the place of a picture. */
async function linearOutput(
  terminal: Terminal,
  { language, linearPrice }: FoundSettings['screen'],
): Promise<{ readonly open: () => Screen; flush(): void }> {
  const { lineWriter, linearTextsOf, startLinearScreen } = await import('../linear/index.ts')
  const texts = linearTextsOf(language)
  const { write, whenTaken, flush } = lineWriter({ write: writeInBackground(systemClock), writeNow: terminal.write })
  write(`${texts.starting}\n`)
  return { open: () => startLinearScreen({ write, whenTaken, texts, price: linearPrice }), flush }
}
