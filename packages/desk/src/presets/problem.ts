import type { Message } from '../words/message.ts'
import { sentence } from '../words/sentence.ts'

/** What speaks against an order or a preset: a code for programs, and what the trader is told. */
export interface Problem<Code extends string> {
  readonly code: Code
  /** The English sentence: what was expected, what came, what to do. */
  readonly words: string
  readonly message: Message
}

export const problem = <Code extends string>(code: Code, message: Message): Problem<Code> => ({
  code,
  words: sentence(message, 'en'),
  message,
})
