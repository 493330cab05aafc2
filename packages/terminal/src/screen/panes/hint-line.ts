import { fittingLine, type Line, lineWidth, paddedLine } from '../line.ts'
import { type Look, type Span, span } from '../looks.ts'
import type { KeyHint } from '../view.ts'

/**
 * The key hints that fit a width, entries first, apart from the exits. Hints that do not fit are left out whole, those of least weight
 * first, then of each chord all but its first form, then the entries behind the two sides; the first exit stays as long as anything does.
 */
export function hintLine(keys: readonly KeyHint[], width: number): Line {
  const short = keys.map(key => ({ ...key, chord: key.chord.split(' / ', 1)[0] ?? key.chord }))
  for (const kept of [...everLess(keys), ...everLess(short), ...sidesAlone(short)]) {
    const line = lineOf(kept)
    if (lineWidth(line) <= width) return line
  }
  // Before a side is left out, the spaces between are.
  const close = ['  ', ' '].flatMap(gap => sidesAlone(short).map(kept => closeLineOf(kept, gap)))
  for (const line of [...close, ...exitsAlone(short).map(lineOf)]) if (lineWidth(line) <= width) return line
  const exit = short.find(key => key.kind === 'exit')
  return exit ? fittingLine(width, [span(` ${exit.chord} `, LOOKS.exit)], []) : []
}

/** What is asked, and the exits beside it as far as they fit. */
export function questionLine(question: string, keys: readonly KeyHint[], width: number): Line {
  const asked = span(` ${question} `, 'question')
  const exits = keys.filter(key => key.kind === 'exit')
  const beside = hintLine(exits, width - lineWidth([asked]) - 1)
  return paddedLine([asked, span(' '), ...beside], width)
}

/** The keys with fewer and fewer of them: first those that neither enter nor exit go, then further exits. */
function everLess(keys: readonly KeyHint[]): readonly (readonly KeyHint[])[] {
  const others = keys.filter(key => key.kind === 'other')
  const exits = keys.filter(key => key.kind === 'exit')
  const going = [...others.toReversed(), ...exits.slice(1).toReversed()]
  return [keys, ...going.map((_, at) => keys.filter(key => !going.slice(0, at + 1).includes(key)))]
}

/** The first exit with fewer and fewer entries, down to the first two: nobody is shown how to buy and not how to sell. */
function sidesAlone(keys: readonly KeyHint[]): readonly (readonly KeyHint[])[] {
  const entries = keys.filter(key => key.kind === 'entry')
  const exit = keys.filter(key => key.kind === 'exit').slice(0, 1)
  return entries.slice(1).map((_, at) => [...entries.slice(0, entries.length - at), ...exit])
}

function exitsAlone(keys: readonly KeyHint[]): readonly (readonly KeyHint[])[] {
  const exits = keys.filter(key => key.kind === 'exit')
  return exits.map((_, at) => exits.slice(0, exits.length - at))
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

/** `b buy  s sell │ Space close everything`: as close as it can still be read. */
function closeLineOf(keys: readonly KeyHint[], gap: string): Line {
  const spans: Span[] = []
  for (const kind of ['entry', 'exit', 'other'] as const)
    for (const [at, key] of keys.filter(one => one.kind === kind).entries()) {
      if (spans.length > 0) spans.push(at === 0 ? span(' │ ', 'frame') : span(gap))
      spans.push(span(key.chord, LOOKS[kind]), span(` ${key.label}`))
    }
  return spans
}
