import { SMALLEST_SCREEN } from '../screen/view.ts'
import { type Finding, ok, problem, warning } from './finding.ts'

/** What is known of a terminal without asking it. */
export interface TerminalFacts {
  readonly columns: number
  readonly rows: number
  /** Bits a colour may have, as Node finds them. */
  readonly colourDepth: number
  readonly isMultiplexed: boolean
  readonly variables: Readonly<Record<string, string | undefined>>
}

/** @param facts null when input or output is no terminal */
export function terminalFindings(facts: TerminalFacts | null): readonly Finding[] {
  if (!facts)
    return [
      warning(
        'terminal',
        'input or output is none, so it was not looked at',
        'run scalpdesk doctor by itself on the terminal',
      ),
    ]
  return [sizeFinding(facts), colourFinding(facts), unicodeFinding(facts)]
}

function sizeFinding({ columns, rows, isMultiplexed, variables }: TerminalFacts): Finding {
  const inside = isMultiplexed ? ', inside tmux or screen' : ''
  const says = `${columns}x${rows}, TERM ${printableTerm(variables.TERM)}${inside}`
  const { columns: least, rows: leastRows } = SMALLEST_SCREEN
  return columns >= least && rows >= leastRows
    ? ok('terminal', says)
    : problem('terminal', says, `the screen needs ${least}x${leastRows}: enlarge it, or choose a smaller font`)
}

function colourFinding({ colourDepth, variables }: TerminalFacts): Finding {
  if (variables.NO_COLOR) return ok('colours', 'none, as NO_COLOR says')
  if (colourDepth >= 24) return ok('colours', '16 million')
  if (colourDepth >= 8) return ok('colours', '256')
  return warning(
    'colours',
    `${2 ** colourDepth}`,
    'words say what colours do; a terminal with 256 shows more at a glance',
  )
}

/** POSIX.1-2024, Base Definitions, section 8.2: the first of these that is set counts. */
function unicodeFinding({ variables }: TerminalFacts): Finding {
  const locale = variables.LC_ALL || variables.LC_CTYPE || variables.LANG || ''
  return /utf-?8/i.test(locale)
    ? ok('characters', 'UTF-8')
    : warning(
        'characters',
        locale === '' ? 'no locale is set' : 'the locale is not UTF-8',
        'set LANG to one such as C.UTF-8',
      )
}

/** @param column where the cursor stood after {@link WIDE_SAMPLE}, from 1; null for no answer */
export function widthFinding(column: number | null): Finding {
  if (column === null)
    return warning(
      'character width',
      'the terminal does not say where its cursor is',
      'look whether columns stand straight',
    )
  return column === SAMPLE_WIDTH + 1
    ? ok('character width', 'lines, blocks and dots are one cell wide')
    : problem(
        'character width',
        `${WIDE_SAMPLE.length} signs took ${column - 1} cells`,
        'make ambiguous characters narrow in the settings of the terminal',
      )
}

/** What the charts and frames are drawn with, each one cell wide (Unicode Standard Annex #11, "Ambiguous characters"). */
export const WIDE_SAMPLE = '│╭⣿▁·€é'
const SAMPLE_WIDTH = 7

const printableTerm = (text: string | undefined): string => (text && /^[\w.+-]{1,40}$/.test(text) ? text : 'not set')

/** What bare modifiers the terminal reported, of those that were asked for. */
export function pressedFinding(pressed: ReadonlySet<string>, isKitty: boolean): Finding {
  const seen = ['left-ctrl', 'right-ctrl'].filter(key => pressed.has(key))
  if (seen.length === 2) return ok('pressed keys', 'Left Ctrl and Right Ctrl came through, as keys of their own')
  if (!isKitty) return ok('pressed keys', pressed.size > 0 ? 'letters came through' : 'none was pressed')
  return pressed.size === 0
    ? warning('pressed keys', 'none was pressed', 'run scalpdesk doctor again and press them')
    : warning(
        'pressed keys',
        `the terminal speaks the kitty protocol, but ${seen.length === 0 ? 'neither Ctrl key' : 'only one Ctrl key'} came through`,
        'letters and Space trade all the same; look whether the desktop or the terminal takes the key',
      )
}
