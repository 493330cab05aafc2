import type { Texts } from '../../texts/texts.ts'
import { textWidth } from '../glyphs.ts'
import { clipped, type Line } from '../line.ts'
import { type Look, span } from '../looks.ts'
import type { GuardLine } from '../view.ts'

const BAR_COLUMNS = { least: 4, most: 10 } as const
const LOOKS: Readonly<Record<GuardLine['tone'], Look>> = { even: 'plain', near: 'wait', reached: 'bad' }
/** Beside the words, where those have no room. */
const MARKS: Readonly<Record<GuardLine['tone'], string>> = { even: ' ', near: '!', reached: '#' }

/** The limits and what is used of them: name, bar, words; a limit that is near or reached says so without colour. */
export function guardLines(
  lines: readonly GuardLine[],
  width: number,
  height: number,
  isOld: boolean,
  texts: Texts,
): readonly Line[] {
  if (lines.length === 0) return [[span(` ${texts.panes.noLimits}`, 'label')]]
  const shown = lines.length > height ? mostUsed(lines, height - 1) : lines
  const labels = widest(shown.map(({ label }) => label))
  const spoken = shown.map(line => saidOf(line, texts))
  // Where words have no room beside the names, the marks say the same.
  const said = 2 + labels + widest(spoken) <= width ? spoken : shown.map(({ text }) => text)
  const names = Math.min(labels, Math.max(0, width - widest(said) - 2))
  const spare = width - 2 - names - widest(said) - 1
  const bar = spare >= BAR_COLUMNS.least ? Math.min(BAR_COLUMNS.most, spare) : 0
  return [
    ...shown.map((line, row) => lineOf(line, said[row] ?? line.text, { names, bar }, isOld)),
    ...(lines.length > shown.length ? [[span(` ${texts.panes.more(lines.length - shown.length)}`, 'label')]] : []),
  ]
}

/** Those that are nearest to be reached, in the order in which they were given. */
function mostUsed(lines: readonly GuardLine[], count: number): readonly GuardLine[] {
  const weight = ({ tone, share }: GuardLine) => ({ even: 0, near: 1, reached: 2 })[tone] * 10 + Math.min(9, share ?? 0)
  const kept = new Set(lines.toSorted((one, other) => weight(other) - weight(one)).slice(0, Math.max(0, count)))
  return lines.filter(line => kept.has(line))
}

function saidOf({ text, tone }: GuardLine, texts: Texts): string {
  return tone === 'even' ? text : `${texts.states.limit[tone]} ${text}`
}

function lineOf(
  line: GuardLine,
  said: string,
  { names, bar }: { readonly names: number; readonly bar: number },
  isOld: boolean,
): Line {
  const look = isOld ? 'stale' : LOOKS[line.tone]
  const label = clipped(line.label, names)
  const gap = ' '.repeat(names - textWidth(label))
  const bars = bar === 0 ? [] : [span(' '), ...barOf(line.share, bar, look)]
  return [span(MARKS[line.tone], look), span(label + gap, 'label'), ...bars, span(` ${said}`, look)]
}

function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map(textWidth))
}

function barOf(share: number | null, width: number, look: Look): Line {
  if (share === null) return [span(' '.repeat(width))]
  const filled = Math.max(0, Math.min(width, share > 0 ? Math.max(1, Math.floor(share * width)) : 0))
  return [span('█'.repeat(filled), look), span('░'.repeat(width - filled), 'frame')]
}
