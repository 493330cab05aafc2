import { EXIT, ExitError } from '../exit-status.ts'
import type { Prompt } from './prompt.ts'

/** Something that `init` has to know. */
export interface Question<Answer> {
  readonly words: string
  /** What Enter takes, and what counts where nobody can be asked. */
  readonly usual: { readonly words: string; readonly answer: Answer }
  /** @throws ExitError in a sentence that says what is wrong with it */
  read(text: string): Answer | Promise<Answer>
}

/**
 * The answer of a flag or variable, else of the person, who is asked until it can be taken, else the usual one.
 * @throws ExitError for a flag that cannot be taken, or when the person gives up
 */
export async function answered<Answer>(
  prompt: Prompt | null,
  given: string | undefined,
  { words, usual, read }: Question<Answer>,
): Promise<Answer> {
  if (given !== undefined) return read(given)
  if (!prompt) return usual.answer
  for (;;) {
    const typed = (await prompt.ask(`${words} (Enter for ${usual.words}): `, 'shown')).trim()
    if (typed === '') return usual.answer
    try {
      return await read(typed)
    } catch (error) {
      if (!(error instanceof ExitError) || error.status === EXIT.interrupted) throw error
      prompt.say(error.message)
    }
  }
}
