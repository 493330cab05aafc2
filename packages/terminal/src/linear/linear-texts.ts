import { ENGLISH } from './english.ts'
import { FRENCH } from './french.ts'

/** One catalogue: a text that a language lacks, or has too many, is an error of the compiler. */
export type LinearTexts = typeof ENGLISH

export function linearTextsOf(language: 'en' | 'fr'): LinearTexts {
  return language === 'fr' ? FRENCH : ENGLISH
}
