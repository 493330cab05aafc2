import type { Texts } from '../../texts/texts.ts'
import { textWidth } from '../glyphs.ts'
import { type Line, lineWidth } from '../line.ts'
import { type Span, span } from '../looks.ts'
import { unreachable } from '../unreachable.ts'
import type { ArmingView, ScreenView } from '../view.ts'
import type { Row } from './row.ts'

/** Room for the day's profit; the rest of the header may have what is left. */
const DAY_PROFIT_COLUMNS = { narrow: 17, wide: 26 } as const
const WIDE_FROM_COLUMNS = 72

/** Which world one trades in, whether entries are sent, the mode, the account, what the day has brought. */
export function headerRow(
  parts: Pick<ScreenView, 'environment' | 'account' | 'mode'>,
  width: number,
  texts: Texts,
): Row {
  const day = width < WIDE_FROM_COLUMNS ? DAY_PROFIT_COLUMNS.narrow : DAY_PROFIT_COLUMNS.wide
  const arming = Math.max(...Object.values(texts.states.arming).map(textWidth)) + 2
  const environment = span(` ${texts.states.environment[parts.environment]} `, parts.environment)
  const between = width - textWidth(environment.text) - 1 - arming - day
  return [
    environment,
    span(' '),
    { slot: 'arming', width: arming },
    ...filled(standing(parts, texts), between),
    { slot: 'dayProfit', width: day },
  ]
}

/** Mode and account, the account whole or not at all: it ends in a figure. */
function standing({ mode, account }: Pick<ScreenView, 'account' | 'mode'>, texts: Texts): readonly Line[] {
  const how = [span(' '), span(texts.states.mode[mode])]
  return [[...how, span(' · ', 'label'), span(account)], how, []]
}

function filled(lines: readonly Line[], width: number): readonly Span[] {
  const line = lines.find(one => lineWidth(one) <= width) ?? []
  return [...line, span(' '.repeat(Math.max(0, width - lineWidth(line))))]
}

/** Whether entries are sent, in a word. A desk that is not heard sends nothing. */
export function armingLine({ kind }: ArmingView, isSilent: boolean, texts: Texts): Line {
  const words = texts.states.arming
  if (isSilent) return [span(` ${words.silent} `, 'danger')]
  switch (kind) {
    case 'armed':
      return [span(` ${words.armed} `, 'armed')]
    case 'disarmed':
      return [span(` ${words.disarmed} `, 'disarmed')]
    case 'locked':
      return [span(` ${words.locked} `, 'locked')]
    default:
      return unreachable(kind)
  }
}
