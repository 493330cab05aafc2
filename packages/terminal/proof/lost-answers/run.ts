/**
 * The lost-answer table: IG clients under answers that are lost, late, spoilt or refused. Each makes one call to open one
 * position, in a process of its own, at a mock broker of its own; the orders are counted there.
 *
 * `pnpm lost-answers [--quick] [--json]`; ends with 1 if a client of this project sends twice or tells an untruth.
 */
import { commandFlags, onOff } from '@scalpdesk/testkit'
import { FULL, QUICK } from './limits.ts'
import { markdown } from './markdown.ts'
import { runTable } from './table.ts'
import { brokenPromises, foundByItself, knowledge } from './verdict.ts'

const { flags: options } = commandFlags({
  usage: 'pnpm lost-answers [--quick] [--json]',
  about: 'The table of lost answers; ends with 1 if a client of this project sends twice or tells an untruth.',
  flags: { quick: onOff(), json: onOff() },
})
const limits = options.quick ? QUICK : FULL
const cells = await runTable(limits)
if (options.json) {
  const rows = cells.map(cell => ({
    fault: cell.fault.id,
    client: cell.client.title,
    orders: cell.orders,
    held: cell.held,
    told: cell.told.map(({ kind, words, afterMs }) => ({ kind, words, afterMs: Math.round(afterMs) })),
    isCutOff: cell.isCutOff,
    inTheEnd: knowledge(cell),
    foundByItself: foundByItself(cell),
  }))
  console.log(JSON.stringify({ limits, rows }, null, 2))
} else {
  console.log(markdown(cells, limits))
}
const broken = cells.flatMap(brokenPromises)
for (const sentence of broken) process.stderr.write(`BROKEN: ${sentence}\n`)
process.exitCode = broken.length > 0 ? 1 : 0
