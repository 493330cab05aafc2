import type { Piece } from '../panes/row.ts'
import { isSlot } from '../panes/row.ts'

/** The words of a row, with a blank for each column of a slot. */
export function said(row: readonly Piece[]): string {
  return row.map(piece => (isSlot(piece) ? ' '.repeat(piece.width) : piece.text)).join('')
}

export function saidAll(rows: readonly (readonly Piece[])[]): readonly string[] {
  return rows.map(row => said(row).trimEnd())
}
