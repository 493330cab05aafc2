import type { Command } from 'commander'
import { EXIT, ExitError } from '../exit-status.ts'
import { excerpt } from './flag-values.ts'

/** A word or a flag that this command takes nothing of. */
export function misplaced(word: string, command = 'mock'): ExitError {
  const advice = `leave it out, or see scalpdesk ${command} --help`
  return new ExitError(EXIT.usage, `${command} takes no ${excerpt(word)}; ${advice}`)
}

/** For a command that is one by itself and has some below it. @param forms all of them @throws ExitError */
export function refuseExcess(command: Command, forms: string): void {
  const [excess] = command.args
  if (excess === undefined) return
  const name = command.name()
  throw new ExitError(EXIT.usage, `expected ${forms}, but got ${name} ${excerpt(excess)}; see scalpdesk ${name} --help`)
}
