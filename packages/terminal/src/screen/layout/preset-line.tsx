import { Box } from 'ink'
import { span } from '../looks.ts'
import type { PresetView } from '../view.ts'
import { LineText } from './line-text.tsx'

/** What one entry key will send. */
export function PresetLine(props: { readonly preset: PresetView }) {
  const { size, stop, limit } = props.preset
  return (
    <Box flexShrink={0} height={1} marginLeft={1}>
      <LineText
        line={[
          span('BUY/SELL ', 'label'),
          span(size, 'strong'),
          span(' · stop ', 'label'),
          stop === null ? span('none', 'bad') : span(stop, 'strong'),
          span(' · limit ', 'label'),
          span(limit ?? 'none', limit === null ? 'plain' : 'strong'),
        ]}
      />
    </Box>
  )
}
