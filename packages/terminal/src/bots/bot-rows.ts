import { type BotStatus, warmingWords } from '@scalpdesk/bots/runner'

/** The state of bots for a person: a row for each, and what the keys do. As much of it as the columns hold, the most important first. */
export function botRows(bots: readonly BotStatus[], columns: number, hasKeys: boolean): readonly string[] {
  const longest = Math.max(...bots.map(({ name }) => name.length))
  const width = Math.min(longest, Math.max(8, Math.floor(columns / 4)))
  const rows = bots.map(bot => fitted([shortened(bot.name, width).padEnd(width), ...figures(bot, columns)], columns))
  return hasKeys ? [...rows, fitted(keyWords(bots), columns, ', ')] : rows
}

/** In words of an order that stays, so that rows are read down. */
function figures(
  { phase, openCents, bookedCents, positions, resting, orders, warming, ...rest }: BotStatus,
  columns: number,
): string[] {
  const isWide = columns >= WIDE
  const profit = isWide
    ? [`${money(bookedCents).padStart(8)} booked`, `${money(openCents).padStart(8)} open`]
    : [`P/L ${money(bookedCents + openCents)}`]
  const { maxLossCents, bookedTodayCents } = rest
  const today = money(bookedTodayCents + openCents)
  return [
    stateWord(phase).padEnd(LONGEST_STATE),
    ...(warming === null ? [] : [warmingWords(warming)]),
    ...profit,
    `${positions} held`,
    `${orders} ${orders === 1 ? 'order' : 'orders'}`,
    ...(resting > 0 ? [`${resting} resting`] : []),
    ...(maxLossCents === null ? [] : [`today ${today}, stops at ${money(-maxLossCents)}`]),
  ]
}

/** Begins the row with what may not be cut, and adds what still fits. */
function fitted([first = '', ...others]: readonly string[], columns: number, between = '  '): string {
  let row = first
  for (const each of others) {
    if (row.length + between.length + each.length > columns) break
    row += `${between}${each}`
  }
  return row
}

function keyWords(bots: readonly BotStatus[]): readonly string[] {
  const isHeld = bots.some(({ phase }) => phase.kind === 'held')
  return [`keys: ${isHeld ? 'p go on' : 'p pause'}`, 'f flatten the account', 'q quit']
}

const shortened = (name: string, width: number): string =>
  name.length <= width ? name : `${name.slice(0, width - 1)}…`

function stateWord(phase: BotStatus['phase']): string {
  if (phase.kind === 'held') return phase.by === 'pause' ? 'PAUSED' : 'FLATTENED'
  return phase.kind
}

const LONGEST_STATE = 'FLATTENED'.length
/** Booked and open apart. Our choice. */
const WIDE = 79

export function money(cents: number): string {
  return `${cents < 0 ? '-' : '+'}${(Math.abs(cents) / 100).toFixed(2)}`
}
