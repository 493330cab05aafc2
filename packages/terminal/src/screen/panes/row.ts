import type { Span } from '../looks.ts'

/** A place in a row whose content changes with a tick and is painted past React. */
export interface SlotPiece {
  readonly slot: string
  readonly width: number
  /** 1 unless it is said. */
  readonly height?: number
}

export type Piece = Span | SlotPiece

/** One row of a pane, as Ink draws it: words, and places left free for slots. */
export type Row = readonly Piece[]

export interface Room {
  readonly width: number
  readonly height: number
}

export function isSlot(piece: Piece): piece is SlotPiece {
  return 'slot' in piece
}

/** Lines that a row takes: as many as its highest slot. */
export function rowHeight(row: Row): number {
  return Math.max(1, ...row.map(piece => (isSlot(piece) ? (piece.height ?? 1) : 1)))
}
