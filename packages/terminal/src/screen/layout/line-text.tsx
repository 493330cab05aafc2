import { Text } from 'ink'
import type { Line } from '../line.ts'
import { styleOf } from '../looks.ts'
import { PLAIN, styleChange } from '../style.ts'
import { useScreenContext } from './screen-context.ts'

/** A line in its looks, cut with `…` where it does not fit. Styled here, not by Ink, whose colours follow the process's environment. */
export function LineText(props: { readonly line: Line }) {
  const { useColour } = useScreenContext()
  const text = props.line.map(piece => {
    const style = styleOf(piece.look, useColour)
    return style === PLAIN ? piece.text : `${styleChange(PLAIN, style)}${piece.text}\x1b[0m`
  })
  return <Text wrap="truncate">{text.join('')}</Text>
}
