import type { OverlayView, QuestionView } from '../screen/view.ts'
import type { MarketPicker, TextInput } from './market-picker.ts'

/** What stands between the keys and trading. Exits act through all of it. */
export type Dialogue =
  | { readonly kind: 'none' }
  | { readonly kind: 'question'; readonly question: QuestionView; readonly yes: () => void }
  | Help
  | { readonly kind: 'picker'; readonly picker: MarketPicker }
  | { readonly kind: 'confirm'; readonly confirmation: Confirmation }

/** Every key, on as many pages as the screen needs. */
export type Help = Extract<OverlayView, { kind: 'help' }>

/** A sentence that has to be typed as it is, and Enter. */
export interface Confirmation {
  readonly ask: string
  readonly sentence: string
  readonly typed: string
  readonly confirmed: () => void
}

export const NO_DIALOGUE: Dialogue = { kind: 'none' }

export function contextOf({ kind }: Dialogue): 'trading' | 'question' | 'help' | 'text' {
  switch (kind) {
    case 'none':
      return 'trading'
    case 'question':
    case 'help':
      return kind
    case 'picker':
    case 'confirm':
      return 'text'
  }
}

export function overlayOf(dialogue: Dialogue): OverlayView | null {
  switch (dialogue.kind) {
    case 'none':
    case 'question':
      return null
    case 'help':
      return dialogue
    case 'picker':
      return dialogue.picker.view()
    case 'confirm':
      return { kind: 'confirm', ask: dialogue.confirmation.ask, typed: dialogue.confirmation.typed }
  }
}

/** No sentence of ours is longer. */
const LONGEST = 60

export type Typed =
  | { readonly kind: 'typing'; readonly confirmation: Confirmation }
  | { readonly kind: 'confirmed' | 'wrong' | 'left' }

export function typedInto(confirmation: Confirmation, input: TextInput): Typed {
  const { typed, sentence } = confirmation
  switch (input.kind) {
    case 'char':
      return typing(confirmation, `${typed}${input.text}`.slice(0, LONGEST))
    case 'backspace':
      return typing(confirmation, typed.slice(0, -1))
    case 'enter':
      return { kind: typed.trim() === sentence ? 'confirmed' : 'wrong' }
    case 'escape':
      return { kind: 'left' }
    case 'up':
    case 'down':
      return typing(confirmation, typed)
  }
}

const typing = (confirmation: Confirmation, typed: string): Typed => ({
  kind: 'typing',
  confirmation: { ...confirmation, typed },
})
