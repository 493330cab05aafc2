import { type Line, lineWidth, paddedLine } from '../line.ts'
import { span } from '../looks.ts'

/** The name of a pane on a rule across it, with what else its title says when there is room. */
export function titleLine(title: string, width: number, more: Line = []): Line {
  const name: Line = [span('─ ', 'frame'), span(title, 'title'), span(' ', 'frame')]
  const whole = more.length === 0 ? name : [...name, ...more, span(' ', 'frame')]
  const head = lineWidth(whole) <= width ? whole : name
  return paddedLine([...head, span('─'.repeat(Math.max(0, width - lineWidth(head))), 'frame')], width)
}
