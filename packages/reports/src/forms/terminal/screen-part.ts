import type { Decimal } from '@scalpdesk/sdk'
import { grouped, signed } from '../../figures.ts'
import type { Report } from '../../report.ts'
import type { WallClock } from '../wall-clock.ts'
import type { Look, Paint } from './paint.ts'
import type { TextCell, TextColumn } from './text-table.ts'

/** What each part of the screen is made from. */
export interface Given {
  readonly report: Report
  readonly width: number
  readonly paint: Paint
  readonly clock: WallClock
}

export const plain = (text: string): TextCell => ({ text, look: null })

export function lookOf(value: Decimal): Look | null {
  if (value.isZero()) return null
  return value.lt(0) ? 'down' : 'up'
}

export function toned(value: Decimal | null, text: (value: Decimal) => string): TextCell {
  return value === null ? plain('') : { text: grouped(signed(text(value))), look: lookOf(value) }
}

export function column(title: string): TextColumn {
  return { title, isFigure: false, least: 24, rank: 0 }
}

export function figure(title: string): TextColumn {
  return { title, isFigure: true, least: 0, rank: 0 }
}
