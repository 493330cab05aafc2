import type { Terminal } from '../terminal.ts'

/** Enters a terminal for pictures or for lines. The first picture may stand there already, for settings that say it in a way of their own. */
export function enterTerminal(terminal: Terminal, isLinear: boolean): void {
  if (!isLinear) return terminal.enter()
  terminal.leave()
  terminal.enterLines()
}
