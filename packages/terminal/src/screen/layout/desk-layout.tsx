import { Box } from 'ink'
import type { RareParts } from '../rare-parts.ts'
import { shareRows } from '../rows.ts'
import { BottomLine } from './bottom-line.tsx'
import { HeaderLines } from './header-lines.tsx'
import { PositionsTable } from './positions-table.tsx'
import { PresetLine } from './preset-line.tsx'
import { QuotePanel } from './quote-panel.tsx'
import { Slot } from './slot.tsx'

/** The whole screen, top to bottom. */
export function DeskLayout(props: { readonly parts: RareParts; readonly columns: number; readonly rows: number }) {
  const { parts, columns } = props
  const rows = shareRows(props.rows)
  return (
    <Box flexDirection="column" width={columns} height={props.rows} overflow="hidden">
      <HeaderLines parts={parts} />
      <Slot id="outcome" width={columns} />
      <QuotePanel columns={columns} />
      <Slot id="chart" width={columns} height={rows.chart + 1} />
      <PresetLine preset={parts.preset} />
      <Slot id="exposure" width={columns} />
      <PositionsTable positions={parts.positions} columns={columns} rows={rows.positions} />
      <Slot id="latency" width={columns} />
      <Slot id="log" width={columns} height={rows.log} />
      <BottomLine keys={parts.keys} question={parts.question} columns={columns} />
    </Box>
  )
}
