import { type Message, sentence } from '@scalpdesk/desk'
import { type Language, type Texts, textsOf } from '../texts/texts.ts'

/** What the session says of itself, from the catalogue, and what the desk says, in the same language. */
export type SessionWords = Texts['session'] & { readonly desk: (message: Message) => string }

export function sessionWords(language: Language): SessionWords {
  return { ...textsOf(language).session, desk: message => sentence(message, language) }
}
