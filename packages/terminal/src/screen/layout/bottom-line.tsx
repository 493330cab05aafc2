import { Box } from 'ink'
import { plainText } from '../glyphs.ts'
import { hintLine } from '../hint-line.ts'
import { span } from '../looks.ts'
import type { KeyHint } from '../view.ts'
import { LineText } from './line-text.tsx'

/** The keys; a question takes their place until it is answered. */
export function BottomLine(props: {
  readonly keys: readonly KeyHint[]
  readonly question: string | null
  readonly columns: number
}) {
  const keys = props.keys.map(key => ({ ...key, chord: plainText(key.chord), label: plainText(key.label) }))
  const line =
    props.question === null
      ? hintLine(keys, props.columns)
      : [span(` ${props.question} `.padEnd(props.columns), 'question')]
  return (
    <Box flexShrink={0} height={1}>
      <LineText line={line} />
    </Box>
  )
}
