import { ENGLISH } from './english.ts'
import { FRENCH } from './french.ts'
import type { Message, MessageId, MessageOf, Sentences } from './message.ts'

/** ISO 639-1. */
export type WordsLanguage = 'en' | 'fr'

/** A message in the words of a language. What the broker or the system said stays as it came, and is not escaped here. */
export function sentence(message: Message, language: WordsLanguage): string {
  return inWords(message, SENTENCES[language], within => sentence(within, language))
}

const SENTENCES: Readonly<Record<WordsLanguage, Sentences>> = { en: ENGLISH, fr: FRENCH }

function inWords<Id extends MessageId>(
  { id, values }: MessageOf<Id>,
  sentences: Sentences,
  said: (within: Message) => string,
): string {
  return sentences[id](values, said)
}
