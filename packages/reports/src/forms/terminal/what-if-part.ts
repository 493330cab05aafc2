import type { Decimal } from '@scalpdesk/sdk'
import { grouped, moneyText } from '../../figures.ts'
import type { HypotheticalRun } from '../../hypothesis.ts'
import { plainWords } from '../plain-words.ts'
import { wrapped } from './money-parts.ts'
import { column, figure, type Given, plain, toned } from './screen-part.ts'
import { type TextCell, textTable } from './text-table.ts'

/** What would have been: its label first, so that nobody takes it for what was. */
export function whatIf({ report, width, paint }: Given): readonly string[] {
  const { hypothesis, account } = report
  if (hypothesis === null) return []
  const { label, asDealt, changed, difference, leftOut } = hypothesis
  const net = (value: Decimal): TextCell => toned(value, one => moneyText(one, account.currency))
  const counts = ({ trades, won, lost, notOpened }: HypotheticalRun): readonly TextCell[] =>
    [trades.length, won, lost, notOpened].map(each => plain(grouped(String(each))))
  const rows = [
    [plain('As dealt, by the engine'), ...counts(asDealt), net(asDealt.net)],
    [plain('Changed'), ...counts(changed), net(changed.net)],
    [plain('Difference'), plain(''), plain(''), plain(''), plain(''), net(difference)],
  ]
  const titles = ['Trades', 'Won', 'Lost', 'Not opened', 'Net']
  const note = leftOut.length === 0 ? [] : [paint('quiet', `  ${leftOut.length} left out: see the other forms.`)]
  return [
    ...wrapped(`What if: ${plainWords(label)}`, width).map(line => paint('alarm', line)),
    ...textTable([column('Hypothetical'), ...titles.map(figure)], rows, width, paint),
    ...note,
  ]
}
