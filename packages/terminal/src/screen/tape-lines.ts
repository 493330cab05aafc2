import type { Line } from './line.ts'
import { type Look, span } from './looks.ts'
import type { TickView } from './view.ts'

/** Which parts of a tick a tape has room for. A price is shown whole or not at all. */
export interface TapeForm {
  /** Characters of the time, from its end: `12:30:05`, `30:05`, or none. */
  readonly time: 8 | 5 | 0
  readonly hasBid: boolean
  readonly hasOffer: boolean
  /** Columns of one price. */
  readonly price: number
}

const MARK = 2

/** The widest form whose lines all fit. */
export function tapeForm(ticks: readonly TickView[], width: number): TapeForm {
  const price = ticks.reduce((longest, { bid, offer }) => Math.max(longest, bid.length, offer.length), 1)
  const pair = 2 * price + 1 + MARK
  if (width >= 9 + pair) return { time: 8, hasBid: true, hasOffer: true, price }
  if (width >= 6 + pair) return { time: 5, hasBid: true, hasOffer: true, price }
  if (width >= pair) return { time: 0, hasBid: true, hasOffer: true, price }
  return { time: 0, hasBid: width >= price + MARK, hasOffer: false, price }
}

/** `12:30:05 1.08512 1.08521 ▲`; without colours the move is a sign. */
export function tapeLine(tick: TickView, form: TapeForm, useColour: boolean): Line {
  const look = LOOKS[tick.move]
  const mark = (useColour ? ARROWS : SIGNS)[tick.move]
  return [
    ...(form.time > 0 ? [span(`${tick.time.slice(-form.time).padStart(form.time)} `, 'label')] : []),
    ...(form.hasBid ? [span(`${tick.bid.padStart(form.price)} `)] : []),
    ...(form.hasOffer ? [span(`${tick.offer.padStart(form.price)} `)] : []),
    span(mark, look),
  ]
}

const LOOKS: Readonly<Record<TickView['move'], Look>> = { up: 'up', down: 'down', even: 'even' }
const ARROWS: Readonly<Record<TickView['move'], string>> = { up: '▲', down: '▼', even: '=' }
const SIGNS: Readonly<Record<TickView['move'], string>> = { up: '+', down: '-', even: '=' }
