import { type Language, type Texts, textsOf } from '../texts/texts.ts'

/** What the linear mode says, and what it shares with the screen. */
export type LinearTexts = Texts['linear'] & {
  readonly side: Texts['sides']
  readonly exposure: Texts['states']['exposure']
}

export function linearTextsOf(language: Language): LinearTexts {
  const { linear, sides, states } = textsOf(language)
  return { ...linear, side: sides, exposure: states.exposure }
}
