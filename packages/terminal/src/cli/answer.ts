import { writeSync } from 'node:fs'
import { EXIT, ExitError } from '../exit-status.ts'
import { printableJson } from '../printable.ts'
import { systemCode } from '../session/journal-error.ts'

/** With `--json` one document, else lines for people that are safe for a terminal already. @throws ExitError when nobody reads */
export function answer(asJson: boolean, document: unknown, lines: readonly string[]): void {
  writeAll(asJson ? `${printableJson(document)}\n` : lines.map(line => `${line}\n`).join(''))
}

/** Whole, and before the program ends: a pipe takes only a part of a long text at a time. */
export function writeAll(text: string | Uint8Array): void {
  let rest = typeof text === 'string' ? Buffer.from(text) : text
  while (rest.length > 0)
    try {
      rest = rest.subarray(writeSync(1, rest))
    } catch (error) {
      const code = systemCode(error)
      if (code === 'EAGAIN') continue
      throw new ExitError(
        EXIT.failed,
        code === 'EPIPE' || code === null
          ? 'nobody reads the output any longer'
          : `expected to write the output, but ${(error as Error).message}; free some room, or write it elsewhere`,
      )
    }
}
