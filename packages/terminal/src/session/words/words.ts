import type { Language } from '../../texts/texts.ts'
import { ENGLISH_SESSION, type SessionWords } from './english.ts'
import { FRENCH_SESSION } from './french.ts'

export type { SessionWords }

/** One catalogue: words that a language lacks, or has too many, are an error of the compiler. */
export function sessionWords(language: Language): SessionWords {
  return language === 'fr' ? FRENCH_SESSION : ENGLISH_SESSION
}
