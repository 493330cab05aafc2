import type { Texts } from '../../texts/texts.ts'
import { textWidth } from '../glyphs.ts'
import { span } from '../looks.ts'
import type { Room, Row } from './row.ts'

/** From this width on the prices stand further apart, and what lies beside them has room. */
const WIDE_FROM_COLUMNS = 100
const SIDE_FROM_COLUMNS = 12

/** The two prices beside each other, at the same place whatever happens; what belongs to them around. */
export function quoteRows(room: Room, texts: Texts): readonly Row[] {
  return room.height < 3 ? flatRows(room.width, texts) : boxedRows(room.width, texts)
}

function boxedRows(width: number, texts: Texts): readonly Row[] {
  const box = width >= WIDE_FROM_COLUMNS ? 28 : 22
  const middle = width >= WIDE_FROM_COLUMNS ? 26 : 20
  const side = width - 2 * box - middle
  const isSideShown = side >= SIDE_FROM_COLUMNS
  const { bid, offer } = texts.quote
  const line = '─'.repeat(box - 2)
  const price = (title: string) => box - 5 - textWidth(title)
  const beside = (slot: string): Row => (isSideShown ? [span('  '), { slot, width: side - 2 }] : [])
  return [
    [span(`╭${line}╮`, 'frame'), { slot: 'spread', width: middle }, span(`╭${line}╮`, 'frame'), ...beside('high')],
    [
      span('│ ', 'frame'),
      span(bid, 'strong'),
      span(' '),
      { slot: 'bid', width: price(bid) },
      span(' │', 'frame'),
      { slot: 'freshness', width: middle },
      span('│ ', 'frame'),
      { slot: 'offer', width: price(offer) },
      span(' '),
      span(offer, 'strong'),
      span(' │', 'frame'),
      ...beside('low'),
    ],
    [
      span(`╰${line}╯`, 'frame'),
      isSideShown ? span(' '.repeat(middle)) : { slot: 'marketState', width: middle },
      span(`╰${line}╯`, 'frame'),
      ...beside('marketState'),
    ],
  ]
}

function flatRows(width: number, texts: Texts): readonly Row[] {
  const { bid, offer } = texts.quote
  const price = Math.floor((width - 6 - textWidth(bid) - textWidth(offer)) / 2)
  const half = Math.floor(width / 2)
  return [
    [
      span(` ${bid} `, 'strong'),
      { slot: 'bid', width: price },
      span(' │ ', 'frame'),
      { slot: 'offer', width: price },
      span(` ${offer}`, 'strong'),
    ],
    [span(' '), { slot: 'spread', width: half - 1 }, { slot: 'freshness', width: width - half }],
  ]
}
