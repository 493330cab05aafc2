import type { PositionView, ToldView } from '../screen/view.ts'
import type { LinearTexts } from './linear-texts.ts'
import { type Said, said } from './said.ts'

/** What has changed in the positions, a line each; figures that move with every tick are no change. */
export function positionChanges(
  before: readonly PositionView[],
  after: readonly PositionView[],
  texts: LinearTexts,
): readonly Said[] {
  if (before === after) return []
  const lines: Said[] = []
  const left = [...before]
  const appeared: PositionView[] = []
  for (const position of after) {
    const at = left.findIndex(one => isSameDeal(one, position))
    const [old] = at < 0 ? [] : left.splice(at, 1)
    if (old === undefined) appeared.push(position)
    else lines.push(...changesOf(old, position, texts))
  }
  return [
    ...left.map(position => ({
      text: texts.gone(whatIs(position, texts), position.level),
      isTold: (told: ToldView) =>
        told.kind === 'closed' && told.direction === position.direction && told.size === position.size,
    })),
    ...appeared.map(position => ({
      text: openedText(position, texts),
      isTold: (told: ToldView) => told.kind === 'filled' && isOf(told, position),
    })),
    ...lines,
  ]
}

/** `BOUGHT 1 EUR/USD at 1.08521, stop 1.08371`. */
export function openedText(position: PositionView, texts: LinearTexts): string {
  const { direction, size, market, level, isForeign } = position
  const what = `${texts.did[direction]} ${size} ${market}`
  return (isForeign ? texts.foreign : '') + texts.position(what, level, legsOf(position, texts))
}

function changesOf(before: PositionView, after: PositionView, texts: LinearTexts): readonly Said[] {
  const lines: Said[] = []
  const what = whatIs(after, texts)
  if (before.size !== after.size) lines.push(said(texts.resized(what, before.size)))
  if (before.stop !== after.stop || before.limit !== after.limit || before.isTrailing !== after.isTrailing)
    lines.push(said(texts.changedLegs(what, legsOf(after, texts))))
  if (before.state !== after.state && after.state !== 'open')
    lines.push(said(after.state === 'closing' ? texts.closing(what) : texts.checking(what)))
  if (!before.isSelected && after.isSelected) lines.push(said(texts.selected(what)))
  return lines
}

function isOf(
  filled: Extract<ToldView, { kind: 'filled' }>,
  { direction, size, market, level }: PositionView,
): boolean {
  const isSameSize = filled.direction === direction && filled.size === size
  return isSameSize && filled.market === market && filled.level === level
}

function isSameDeal(one: PositionView, other: PositionView): boolean {
  return one.epic === other.epic && one.direction === other.direction && one.level === other.level
}

function whatIs({ direction, size, market }: PositionView, texts: LinearTexts): string {
  return `${texts.side[direction]} ${size} ${market}`
}

function legsOf({ stop, limit, isTrailing }: PositionView, texts: LinearTexts): string {
  return texts.legs(stop, limit, isTrailing)
}
