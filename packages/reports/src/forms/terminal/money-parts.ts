import type { Decimal } from '@scalpdesk/sdk'
import { grouped, moneyText } from '../../figures.ts'
import { plainWords } from '../plain-words.ts'
import { CAUSE_NAMES } from '../tables/cause-names.ts'
import { blockBar } from './block-bar.ts'
import { column, figure, type Given, lookOf, plain, toned } from './screen-part.ts'
import { type TextCell, textTable } from './text-table.ts'
import { fitted, textWidth } from './text-width.ts'

export function findings({ report, width, paint }: Given, severity: 'red' | 'note'): readonly string[] {
  const all = report.findings.filter(finding => finding.severity === severity)
  if (all.length === 0) return []
  const look = severity === 'red' ? 'alarm' : 'quiet'
  const lines = all.slice(0, MOST_FINDINGS).flatMap(({ words, amount, rows }) => {
    const money =
      amount === null ? '' : `${grouped(moneyText(amount.amount, amount.currency))} ${plainWords(amount.currency)}  `
    const about = rows.length === 0 ? [] : [fitted(`    rows ${rows.map(plainWords).join(' ')}`, width)]
    return [...wrapped(`  ${money}${plainWords(words)}`, width), ...about]
  })
  const rest = all.length - MOST_FINDINGS
  const title = severity === 'red' ? 'DOES NOT AGREE' : 'To know'
  return [`${title} (${all.length})`, ...lines, ...(rest > 0 ? [`  and ${rest} more`] : [])].map(line =>
    paint(look, line),
  )
}

const MOST_FINDINGS = 40

/** Between words, the rest further in; a word that is longer than the line is cut across lines. */
export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/(?<=\S) /)) {
    const longer = line === '' ? word : `${line} ${word}`
    if (textWidth(longer) <= width) line = longer
    else {
      if (line !== '') lines.push(line)
      line = fitted(`    ${word}`, width)
    }
  }
  return [...lines, line]
}

export function bridge({ report, width, paint }: Given): readonly string[] {
  const { opening, closing, parts } = report.bridge
  const { currency } = report.account
  const most = Math.max(0, ...parts.map(part => (isMoved(part.cause) ? 0 : part.amount.abs().toNumber())))
  const barWidth = Math.min(41, width - 46)
  const balance = (name: string, amount: Decimal | null): readonly TextCell[] => [
    { text: name, look: 'strong' },
    amount === null ? plain('not known') : { text: grouped(moneyText(amount, currency)), look: 'strong' },
    plain(''),
  ]
  const rows = [
    balance('Opening balance', opening),
    ...parts.map(({ cause, amount }): readonly TextCell[] => [
      { text: `  ${CAUSE_NAMES[cause]}`, look: cause === 'unexplained' ? 'alarm' : null },
      toned(amount, value => moneyText(value, currency)),
      { text: isMoved(cause) ? '' : blockBar(amount.toNumber(), most, barWidth), look: lookOf(amount) },
    ]),
    balance('Closing balance', closing),
  ]
  return textTable([column('Balance'), figure(plainWords(currency)), column('')], rows, width, paint)
}

/** Money moved in or out would leave the other bars too short to see. */
function isMoved(cause: string): boolean {
  return cause === 'deposit' || cause === 'withdrawal'
}
