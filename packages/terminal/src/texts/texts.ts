import { ENGLISH } from './english.ts'
import { FRENCH } from './french.ts'

/** One catalogue: a text that a language lacks, or has too many, is an error of the compiler. */
export type Texts = typeof ENGLISH

export type Language = 'en' | 'fr'

export function textsOf(language: Language): Texts {
  return language === 'fr' ? FRENCH : ENGLISH
}
