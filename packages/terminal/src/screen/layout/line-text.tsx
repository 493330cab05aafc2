import { Box, Text } from 'ink'
import { type Line, lineWidth } from '../line.ts'
import { styleOf } from '../looks.ts'
import { PLAIN, styleChange } from '../style.ts'
import { useScreenContext } from './screen-context.ts'

/** A line in its looks, at its full width. Styled here, not by Ink, whose colours follow the process's environment. */
export function LineText(props: { readonly line: Line }) {
  const { looks } = useScreenContext()
  const text = props.line.map(piece => {
    const style = styleOf(piece.look, looks)
    return style === PLAIN ? piece.text : `${styleChange(PLAIN, style)}${piece.text}\x1b[0m`
  })
  return (
    <Box width={lineWidth(props.line)} flexShrink={0}>
      <Text wrap="truncate">{text.join('')}</Text>
    </Box>
  )
}
