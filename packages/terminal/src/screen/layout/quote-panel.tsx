import { Box } from 'ink'
import type { ReactNode } from 'react'
import { span } from '../looks.ts'
import { LineText } from './line-text.tsx'
import { Slot } from './slot.tsx'

/** The two prices in boxes of their own, what lies between them in the middle. */
export function QuotePanel(props: { readonly columns: number }) {
  const priceWidth = Math.min(34, Math.floor(props.columns * 0.33))
  return (
    <Box flexShrink={0} height={3}>
      <PriceBox width={priceWidth}>
        <LineText line={[span('BID', 'strong')]} />
        <Slot id="bid" />
      </PriceBox>
      <Box flexGrow={1} flexDirection="column" height={3}>
        <Slot id="spread" />
        <Slot id="freshness" />
      </Box>
      <PriceBox width={priceWidth}>
        <Slot id="offer" />
        <LineText line={[span('OFFER', 'strong')]} />
      </PriceBox>
    </Box>
  )
}

function PriceBox(props: { readonly width: number; readonly children: ReactNode }) {
  return (
    <Box width={props.width} flexShrink={0} borderStyle="round" paddingX={1} columnGap={1}>
      {props.children}
    </Box>
  )
}
