import { Box } from 'ink'
import { span } from '../looks.ts'
import { overflowText, type PositionColumn, positionCell, positionColumns } from '../position-table.ts'
import type { PositionView } from '../view.ts'
import { LineText } from './line-text.tsx'
import { Slot } from './slot.tsx'

/** Every open position in a row; those without room are counted in the last row. */
export function PositionsTable(props: {
  readonly positions: readonly PositionView[]
  readonly columns: number
  readonly rows: number
}) {
  const columns = positionColumns(props.columns - 1)
  const hasOverflow = props.positions.length > props.rows
  const shown = props.positions.slice(0, hasOverflow ? props.rows - 1 : props.rows)
  return (
    <Box flexDirection="column" flexShrink={0} height={props.rows + 1} marginLeft={1}>
      <Box height={1}>
        {shown.length > 0 && <LineText line={columns.map(({ title, width }) => span(title.padEnd(width), 'label'))} />}
      </Box>
      {shown.map((position, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place on the screen
        <PositionRow key={row} position={position} row={row} columns={columns} />
      ))}
      {hasOverflow && <LineText line={[span(overflowText(props.positions.length - shown.length), 'wait')]} />}
    </Box>
  )
}

function PositionRow(props: {
  readonly position: PositionView
  readonly row: number
  readonly columns: readonly PositionColumn[]
}) {
  const hasStateColumn = props.columns.some(column => column.key === 'state')
  return (
    <Box height={1}>
      {props.columns.map(column =>
        column.key === 'points' || column.key === 'profit' ? (
          <Slot key={column.key} id={`${column.key}:${props.row}`} width={column.width} />
        ) : (
          <Box key={column.key} width={column.width} flexShrink={0}>
            <LineText line={[positionCell(props.position, column, hasStateColumn)]} />
          </Box>
        ),
      )}
    </Box>
  )
}
