import { isKeyAction, KEY_ACTIONS, type KeyAction } from './key-action.ts'
import { chordName, readChord } from './key-chord.ts'
import { isBareModifier } from './key-names.ts'
import type { KeyContext, OwnKey } from './key-table.ts'
import { nearestName } from './nearest-name.ts'

/** An own key whose words are understood. */
export interface ReadOwnKey {
  readonly context: KeyContext
  readonly chord: string
  readonly action: KeyAction | null
  readonly fires: 'press' | 'tap'
}

/** Reads the trader's own keys; what is not understood is told in a sentence and left out. */
export function readOwnKeys(own: readonly OwnKey[]): {
  readonly keys: readonly ReadOwnKey[]
  readonly problems: readonly string[]
} {
  const problems: string[] = []
  const keys: ReadOwnKey[] = []
  for (const [index, given] of own.entries()) {
    const key = readOne(given)
    const what = `own key ${index + 1} (${excerpt(given.chord)})`
    if (typeof key === 'string') problems.push(`${what}: ${key}`)
    else if (keys.some(({ context, chord }) => context === key.context && chord === key.chord))
      problems.push(
        `${what}: expected each key once, but ${chordName(key.chord)} is bound twice; leave one of them out`,
      )
    else keys.push(key)
  }
  return { keys, problems }
}

/** @returns a sentence for what is not understood. */
function readOne({ chord: text, action, context, fires }: OwnKey): ReadOwnKey | string {
  const read = readChord(text)
  if (read.kind === 'unknown') return unknown('a key', read.part, read.nearest, 'such as b, F5, Left Ctrl or Ctrl+X')
  const { name: chord } = read
  if (action !== null && !isKeyAction(action))
    return unknown('an action', action, nearestName(action, KEY_ACTIONS), 'from the list of keys in the help')
  if (fires === 'tap' && !isBareModifier(chord))
    return `expected a tap of a modifier alone, such as Left Ctrl, but ${chordName(chord)} is none; leave fires out`
  return {
    context: context ?? (action === 'yes' || action === 'no' ? 'question' : 'trading'),
    chord,
    action,
    fires: fires ?? (isBareModifier(chord) ? 'tap' : 'press'),
  }
}

function unknown(what: string, got: string, nearest: string | null, otherwise: string): string {
  const advice = nearest === null ? `choose one ${otherwise}` : `did you mean ${nearest}?`
  return `expected ${what}, but got ${excerpt(got)}; ${advice}`
}

/** What somebody wrote, short enough for a sentence. */
const excerpt = (text: string): string => (text === '' ? 'nothing' : text.length > 30 ? `${text.slice(0, 30)}…` : text)
