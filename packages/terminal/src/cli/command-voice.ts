import { EXIT } from '../exit-status.ts'
import { listenForSignals } from '../interruption.ts'
import { printable, printableJson } from '../printable.ts'
import { openPrompt, type Prompt } from './prompt.ts'

/** How a command that asks and tells speaks: its result on stdout, questions and notices on stderr. */
export interface CommandVoice {
  /** Null when there is no person at a terminal. */
  readonly prompt: Prompt | null
  /** One sentence that a person should know, on stderr. */
  notice(text: string): void
  /** With `--json` one document, else lines for people. */
  result(document: unknown, lines: readonly string[]): void
  /** Leaves the terminal as it was found. */
  close(): void
}

export function commandVoice(asJson: boolean): CommandVoice {
  // A signal ends the program with its status; what has to be put back is, on the way out.
  listenForSignals()
  const prompt = openPrompt(status => process.exit(status))
  // Nobody reads any longer: there is nobody to tell it to.
  process.stdout.on('error', () => process.exit(EXIT.failed))
  return {
    prompt,
    notice: text => void process.stderr.write(`scalpdesk: ${printable(text)}\n`),
    result(document, lines) {
      process.stdout.write(asJson ? `${printableJson(document)}\n` : lines.map(line => `${printable(line)}\n`).join(''))
    },
    close: () => prompt?.close(),
  }
}
