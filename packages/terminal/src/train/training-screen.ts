import { textWidth } from '../screen/glyphs.ts'
import { unreachable } from '../screen/unreachable.ts'
import { wrappedWords } from '../screen/wrapped-words.ts'
import type { Terminal } from '../terminal.ts'
import { scoreOf } from './score.ts'
import type { Training } from './training.ts'
import type { TrainingFace, TrainingPicture } from './training-run.ts'
import { keyWords, placeWords, resultWords, scoreWords, type TrainingTexts } from './training-words.ts'

/** Draws each picture over the one before. */
export function drawnTraining(
  terminal: Pick<Terminal, 'columns' | 'rows' | 'write'>,
  texts: TrainingTexts,
): TrainingFace {
  // A row is erased before it is written: behind a full one the cursor stands on its last letter.
  return {
    show(picture) {
      const lines = trainingLines(picture, texts, terminal.columns, terminal.rows)
      terminal.write(`\x1b[?2026h${lines.map((line, row) => `\x1b[${row + 1};1H\x1b[K${line}`).join('')}\x1b[?2026l`)
    },
  }
}

/** One text for each row of the terminal: the word that asks in the middle; around it what there is room for, whole. */
export function trainingLines(
  { training, price, priceName, table, keyboard, notice }: TrainingPicture,
  texts: TrainingTexts,
  columns: number,
  rows: number,
): readonly string[] {
  const { charts } = texts
  const wrapped = (text: string) => (text === '' ? [] : wrappedWords(text, columns, rows).map(row => row.trim()))
  const middle = phaseLines(training, texts)
    .flatMap(line => (line === '' ? [''] : wrapped(line)))
    .map(line => ' '.repeat(Math.max(0, Math.floor((columns - textWidth(line)) / 2))) + line)
  const parts = {
    head: wrapped(placeWords(training, texts)),
    price: wrapped(price ? `${priceName} · ${charts.bid} ${price.bid} · ${charts.offer} ${price.offer}` : priceName),
    notice: wrapped(notice ?? ''),
    score: training.results.length === 0 ? [] : wrapped(scoreWords(scoreOf(training.results), texts)),
    keys: wrapped(keyWords(table, keyboard, texts)),
    ends: wrapped(texts.training.ends),
  }
  let free = rows - middle.length
  const taken = new Set<readonly string[]>()
  for (const part of [parts.head, parts.ends, parts.keys, parts.notice, parts.price, parts.score]) {
    if (part.length > free) continue
    taken.add(part)
    free -= part.length
  }
  const shown = (...some: readonly (readonly string[])[]) => some.flatMap(part => (taken.has(part) ? part : []))
  const above = Math.floor(free / 2)
  const blank = (count: number) => Array.from({ length: count }, () => '')
  return [
    ...shown(parts.head, parts.price),
    ...blank(above),
    ...middle,
    ...blank(free - above),
    ...shown(parts.notice, parts.score, parts.keys, parts.ends),
  ]
}

function phaseLines({ phase }: Training, texts: TrainingTexts): readonly string[] {
  switch (phase.kind) {
    case 'waiting':
      return ['', '· · ·', '']
    case 'asked': {
      const word = `>>>  ${texts.training.drills[phase.drill.asked]}  <<<`
      const frame = '='.repeat(textWidth(word))
      return [frame, word, frame]
    }
    case 'told':
      return ['', resultWords(phase.result, texts), '']
    case 'over':
      return ['', texts.training.over, '']
    default:
      return unreachable(phase)
  }
}
