import { chordName } from '../keys/key-chord.ts'
import { actionKeys } from '../keys/key-hints.ts'
import type { KeyTable } from '../keys/key-table.ts'
import type { Keyboard } from '../keys/keyboard.ts'
import { unreachable } from '../screen/unreachable.ts'
import { DRILL_WORDS, type DrillAction } from './drill.ts'
import { scoreOf } from './score.ts'
import type { ShownPrice } from './shown-price.ts'
import type { DrillResult, Training } from './training.ts'
import { scoreWords } from './training-words.ts'

/** What stands on the screen of a run: plain lines, the word that asks in the middle. */
export interface TrainingPicture {
  readonly training: Training
  readonly price: ShownPrice | null
  readonly priceName: string
  readonly table: KeyTable
  readonly keyboard: Keyboard
  /** Why a key was not taken. */
  readonly notice: string | null
}

/** One text for each row of the terminal, cut to its width. */
export function trainingLines(picture: TrainingPicture, columns: number, rows: number): readonly string[] {
  const { training, price, priceName, table, keyboard, notice } = picture
  const done = training.results.length
  const head = [
    `TRAINING · nothing is sent · ${Math.min(done + 1, training.plan.length)} of ${training.plan.length}`,
    price ? `${priceName} · bid ${price.bid} · offer ${price.offer}` : priceName,
  ]
  const foot = [
    notice ?? '',
    done === 0 ? '' : scoreWords(scoreOf(training.results)),
    keyWords(table, keyboard),
    'q ends it',
  ]
  const middle = phaseLines(training)
  const free = Math.max(0, rows - head.length - foot.length - middle.length)
  const above = Math.floor(free / 2)
  const blank = (count: number) => Array.from({ length: count }, () => '')
  const centred = middle.map(line => ' '.repeat(Math.max(0, Math.floor((columns - line.length) / 2))) + line)
  const lines = [...head, ...blank(above), ...centred, ...blank(free - above), ...foot]
  return lines.slice(0, rows).map(line => line.slice(0, columns))
}

function phaseLines({ phase }: Training): readonly string[] {
  switch (phase.kind) {
    case 'waiting':
      return ['', '· · ·', '']
    case 'asked': {
      const word = `>>>  ${DRILL_WORDS[phase.drill.asked]}  <<<`
      return ['='.repeat(word.length), word, '='.repeat(word.length)]
    }
    case 'told':
      return ['', resultWords(phase.result), '']
    case 'over':
      return ['', 'done', '']
    default:
      return unreachable(phase)
  }
}

function resultWords({ asked, verdict, chord, pressed, reactionMs }: DrillResult): string {
  const word = DRILL_WORDS[asked]
  const key = chord === null ? '' : chordName(chord)
  switch (verdict) {
    case 'hit':
      return `${word}: ${Math.round(reactionMs ?? 0)} ms (${key})`
    case 'wrong-side':
      return `WRONG SIDE: ${word} was asked, ${key} is ${pressed}`
    case 'other-key':
      return `OTHER KEY: ${word} was asked, ${key} is ${pressed}`
    case 'missed':
      return `MISSED: ${word}`
    default:
      return unreachable(verdict)
  }
}

function keyWords(table: KeyTable, { bareModifiers }: Keyboard): string {
  const keys = actionKeys(table, 'trading', bareModifiers).flatMap(({ action, chords }) =>
    isDrill(action) ? [`${DRILL_WORDS[action]} ${chords.join(' / ')}`] : [],
  )
  const unheard = bareModifiers ? '' : '   (this terminal does not tell modifiers by themselves)'
  return keys.join('   ') + unheard
}

const isDrill = (action: string): action is DrillAction => Object.hasOwn(DRILL_WORDS, action)
