import { unreachable } from '../screen/unreachable.ts'
import type { OverlayView } from '../screen/view.ts'
import type { LinearTexts } from './linear-texts.ts'
import { type Said, said } from './said.ts'

/** What has opened, changed or ended over the market; what is typed is told by {@link typedIn} when the fingers rest. */
export function overlayChanges(
  before: OverlayView | null,
  after: OverlayView | null,
  texts: LinearTexts,
): readonly Said[] {
  if (before === after) return []
  if (after === null) return [said(texts.ended)]
  const isNew = before?.kind !== after.kind
  switch (after.kind) {
    case 'help':
      return isNew ? [said(texts.help), ...after.rows.map(({ chords, label }) => said(texts.key(chords, label)))] : []
    case 'confirm':
      return isNew || (before?.kind === 'confirm' && before.ask !== after.ask) ? [said(after.ask)] : []
    case 'picker': {
      const old = before?.kind === 'picker' ? before : null
      const lines = isNew ? [said(texts.picker)] : []
      if (after.note !== null && after.note !== old?.note) lines.push(said(after.note))
      if (old !== null && after.rows.length !== old.rows.length) lines.push(said(texts.found(after.rows.length)))
      const row = selectedRow(after, texts)
      if (row !== null && row !== (old && selectedRow(old, texts))) lines.push(said(row))
      return lines
    }
    default:
      return unreachable(after)
  }
}

/** What has been typed into an overlay; null where nothing is typed. */
export function typedIn(overlay: OverlayView | null): string | null {
  return overlay === null || overlay.kind === 'help' ? null : overlay.typed
}

function selectedRow({ rows }: Extract<OverlayView, { kind: 'picker' }>, texts: LinearTexts): string | null {
  const selected = rows.find(({ isSelected }) => isSelected)
  return selected ? texts.row(selected.name, selected.detail) : null
}
