import type { ScreenView } from '../../screen/view.ts'

/** The same words once more, for another press: counted, so that it is seen that they are new. */
export function againCounter(): (said: object, outcome: ScreenView['outcome']) => ScreenView['outcome'] {
  let last: { said: object; text: string; count: number; shown: ScreenView['outcome'] } | null = null
  return (said, outcome) => {
    if (last?.said === said) return last.shown
    const count = last?.text === outcome.text ? last.count + 1 : 1
    const shown = count === 1 ? outcome : { ...outcome, text: `${outcome.text} (×${count})` }
    last = { said, text: outcome.text, count, shown }
    return shown
  }
}
