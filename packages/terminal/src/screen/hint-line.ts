import { type Line, lineWidth } from './line.ts'
import { type Look, type Span, span } from './looks.ts'
import type { KeyHint } from './view.ts'

/**
 * The key hints that fit a width, entries first, apart from the exits. Hints that do not fit are left out whole, those of
 * least weight first: an exit stays as long as anything does.
 */
export function hintLine(keys: readonly KeyHint[], width: number): Line {
  for (const kept of [keys, ...withoutOthers(keys), keys.filter(key => key.kind === 'exit')]) {
    const line = lineOf(kept)
    if (lineWidth(line) <= width) return line
  }
  return lineOf(keys.filter(key => key.kind === 'exit'))
}

/** The same keys with fewer and fewer of those that neither enter nor exit. */
function withoutOthers(keys: readonly KeyHint[]): readonly (readonly KeyHint[])[] {
  const others = keys.filter(key => key.kind === 'other')
  return others.map((_, dropped) => {
    const gone = new Set(others.slice(others.length - dropped - 1))
    return keys.filter(key => !gone.has(key))
  })
}

const LOOKS: Readonly<Record<KeyHint['kind'], Look>> = { entry: 'entryKey', exit: 'exitKey', other: 'otherKey' }

function lineOf(keys: readonly KeyHint[]): Line {
  const spans: Span[] = []
  for (const kind of ['entry', 'exit', 'other'] as const) {
    const ofKind = keys.filter(key => key.kind === kind)
    if (spans.length > 0 && ofKind.length > 0) spans.push(span('│ ', 'frame'))
    for (const key of ofKind) spans.push(span(` ${key.chord} `, LOOKS[kind]), span(` ${key.label}  `))
  }
  return spans
}
