/** Colours a text, or leaves it as it is. */
export type Paint = (look: Look, text: string) => string

export type Look = 'up' | 'down' | 'quiet' | 'strong' | 'alarm'

/** @see ECMA-48, section 8.3.117 "SGR - Select Graphic Rendition" */
const CODES: Readonly<Record<Look, readonly [on: string, off: string]>> = {
  up: ['32', '39'],
  down: ['31', '39'],
  quiet: ['2', '22'],
  strong: ['1', '22'],
  alarm: ['1;31', '22;39'],
}

export function paintWith(hasColour: boolean): Paint {
  if (!hasColour) return (_look, text) => text
  return (look, text) => {
    const [on, off] = CODES[look]
    return `\u001b[${on}m${text}\u001b[${off}m`
  }
}
