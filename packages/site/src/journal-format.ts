import { recordKinds } from '@scalpdesk/desk/journal'

const MARKED = /(<!-- records -->\n)[\s\S]*?(\n<!-- \/records -->)/

/** The guide with every kind of record as the code has it. */
export function withRecords(guide: string): string {
  return guide.replace(MARKED, (_all, before: string, after: string) => `${before}\n${recordTable()}\n${after}`)
}

function recordTable(): string {
  const rows = [...recordKinds()].map(([kind, fields]) => [
    `\`${kind}\``,
    [...fields].map(([name, what]) => `\`${name}\`: ${shortened(what)}`).join('<br>'),
  ])
  return [['Kind', 'Holds'], ['---', '---'], ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n')
}

/** The guide says above its table what a figure is. */
const shortened = (what: string): string =>
  what.replaceAll('a decimal as text, such as "1.25"', 'a figure').replaceAll('|', '\\|')
