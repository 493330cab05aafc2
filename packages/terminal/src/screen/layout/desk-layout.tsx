import { Box } from 'ink'
import { textsOf } from '../../texts/texts.ts'
import type { PaneBox } from '../arrange/pane-name.ts'
import { paneRows } from '../pane-rows.ts'
import type { RareParts } from '../rare-parts.ts'
import { Pane } from './pane.tsx'

/** The whole screen: each pane in its place. */
export function DeskLayout(props: {
  readonly parts: RareParts
  readonly boxes: readonly PaneBox[]
  readonly columns: number
  readonly rows: number
}) {
  const { parts, boxes } = props
  const texts = textsOf(parts.appearance.language)
  const hasKeyboardRow = boxes.some(({ pane }) => pane === 'keyboard')
  return (
    <Box width={props.columns} height={props.rows} overflow="hidden">
      {boxes.map(box => (
        <Pane key={box.pane} box={box} rows={paneRows(box, parts, hasKeyboardRow, texts)} />
      ))}
    </Box>
  )
}
