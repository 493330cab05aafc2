import { unreachable } from '../screen/unreachable.ts'
import type { Training } from './training.ts'
import type { TrainingFace, TrainingPicture } from './training-run.ts'
import { keyWords, placeWords, resultWords, type TrainingTexts } from './training-words.ts'

/**
 * Tells a run as lines, for screen readers: where it is before each drill, the word that asks alone, how it was answered. The price is
 * only looked at, and never said.
 * @param write takes whole lines, each ended by a newline
 */
export function spokenTraining(write: (text: string) => void, texts: TrainingTexts): TrainingFace {
  let before: TrainingPicture | null = null
  return {
    show(picture) {
      const lines = [
        ...keyLines(before, picture, texts),
        ...(before?.training.phase === picture.training.phase ? [] : phaseLines(picture.training, texts)),
        ...(picture.notice !== null && picture.notice !== before?.notice ? [picture.notice] : []),
      ]
      before = picture
      if (lines.length > 0) write(lines.map(line => `${line}\n`).join(''))
    },
  }
}

/** Which keys answer: at the start, and again when the terminal has said more of its keyboard. */
function keyLines(before: TrainingPicture | null, picture: TrainingPicture, texts: TrainingTexts): readonly string[] {
  const words = ({ table, keyboard }: TrainingPicture) => keyWords(table, keyboard, texts)
  if (before === null) return [words(picture), texts.training.ends]
  return before.keyboard !== picture.keyboard && words(before) !== words(picture) ? [words(picture)] : []
}

function phaseLines(training: Training, texts: TrainingTexts): readonly string[] {
  const { phase } = training
  switch (phase.kind) {
    case 'waiting':
      return [placeWords(training, texts)]
    case 'asked':
      return [texts.training.drills[phase.drill.asked]]
    case 'told':
      return [resultWords(phase.result, texts)]
    case 'over':
      return [texts.training.over]
    default:
      return unreachable(phase)
  }
}
