import { type Language, type Texts, textsOf } from '../texts/texts.ts'

/** What the linear mode says, and what it shares with the screen. */
export type LinearTexts = Texts['linear'] & {
  readonly side: Texts['sides']
  readonly sideUnknown: string
  readonly exposure: Texts['states']['exposure']
}

export function linearTextsOf(language: Language): LinearTexts {
  const { linear, sides, sideUnknown, states } = textsOf(language)
  return { ...linear, side: sides, sideUnknown, exposure: states.exposure }
}
