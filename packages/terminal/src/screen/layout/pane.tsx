import { Box } from 'ink'
import type { ReactNode } from 'react'
import type { PaneBox } from '../arrange/pane-name.ts'
import type { Span } from '../looks.ts'
import { isSlot, type Row, rowHeight } from '../panes/row.ts'
import { LineText } from './line-text.tsx'
import { Slot } from './slot.tsx'

/** The rows of a pane, in its place. */
export function Pane(props: { readonly box: PaneBox; readonly rows: readonly Row[] }) {
  const { x, y, width, height } = props.box
  return (
    <Box position="absolute" left={x} top={y} width={width} height={height} flexDirection="column" overflow="hidden">
      {props.rows.map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place in the pane
        <Box key={at} width={width} height={rowHeight(row)} flexShrink={0}>
          {elementsOf(row)}
        </Box>
      ))}
    </Box>
  )
}

/** Words that stand beside each other become one text; each slot is a place of its own. */
function elementsOf(row: Row): readonly ReactNode[] {
  const elements: ReactNode[] = []
  let words: Span[] = []
  const endWords = () => {
    if (words.length > 0) elements.push(<LineText key={elements.length} line={words} />)
    words = []
  }
  for (const piece of row) {
    if (isSlot(piece)) {
      endWords()
      elements.push(<Slot key={piece.slot} id={piece.slot} width={piece.width} height={piece.height ?? 1} />)
    } else {
      words.push(piece)
    }
  }
  endWords()
  return elements
}
