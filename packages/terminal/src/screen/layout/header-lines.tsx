import { Box } from 'ink'
import { span } from '../looks.ts'
import type { RareParts } from '../rare-parts.ts'
import { LineText } from './line-text.tsx'
import { Slot } from './slot.tsx'

/** Where one trades, in a word of its own look; on what; what the day has brought. */
export function HeaderLines(props: { readonly parts: RareParts }) {
  const { environment, account, market } = props.parts
  return (
    <Box flexDirection="column" flexShrink={0}>
      <Box>
        <Box flexShrink={0}>
          <LineText line={[span(` ${environment.toUpperCase()} `, environment)]} />
        </Box>
        <Box flexGrow={1} marginLeft={1}>
          <LineText line={[span(account)]} />
        </Box>
        <Slot id="dayProfit" width={24} />
      </Box>
      <Box>
        <Box flexGrow={1}>
          <LineText line={[span(` ${market.name}`, 'strong'), span(`  ${market.epic}`, 'label')]} />
        </Box>
        <Slot id="brokerTime" width={13} />
      </Box>
    </Box>
  )
}
