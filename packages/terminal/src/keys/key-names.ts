/**
 * Names of the keys that type nothing, by the number or letter that terminals give them. Sources: kitty keyboard protocol,
 * "Functional key definitions" (https://sw.kovidgoyal.net/kitty/keyboard-protocol/#functional-key-definitions); XTerm Control
 * Sequences, "PC-Style Function Keys" and "VT220-Style Function Keys"; console_codes(4) for the Linux console.
 */

/** The keys that are modifiers, each side for itself, from 57441 on. */
const MODIFIER_KEYS = ['left', 'right'].flatMap(side =>
  ['shift', 'ctrl', 'alt', 'super', 'hyper', 'meta'].map(modifier => `${side}-${modifier}`),
)
const FIRST_MODIFIER = 57_441
const FIRST_F13 = 57_376
const FIRST_KEYPAD_DIGIT = 57_399
const FIRST_KEYPAD_SIGN = 57_409

/** Keys of the number pad are the keys that they stand for. */
const KEYPAD_SIGNS = [
  ...['.', '/', '*', '-', '+', 'enter', '=', ',', 'left', 'right', 'up', 'down', 'page-up', 'page-down'],
  ...['home', 'end', 'insert', 'delete', 'begin'],
]
const numbered = (first: number, names: readonly string[]): [number, string][] =>
  names.map((name, index) => [first + index, name])

/** `code` of `CSI code … u`. */
export const KITTY_NAMES: ReadonlyMap<number, string> = new Map<number, string>([
  [27, 'escape'],
  [13, 'enter'],
  [9, 'tab'],
  [127, 'backspace'],
  [57_358, 'caps-lock'],
  [57_359, 'scroll-lock'],
  [57_360, 'num-lock'],
  [57_361, 'print'],
  [57_362, 'pause'],
  [57_363, 'menu'],
  ...numbered(
    FIRST_F13,
    Array.from({ length: 23 }, (_, index) => `f${index + 13}`),
  ),
  ...numbered(FIRST_KEYPAD_DIGIT, [...'0123456789']),
  ...numbered(FIRST_KEYPAD_SIGN, KEYPAD_SIGNS),
  ...numbered(FIRST_MODIFIER, MODIFIER_KEYS),
])

const ARROWS = { A: 'up', B: 'down', C: 'right', D: 'left', E: 'begin', F: 'end', H: 'home' } as const
const FIRST_F_KEYS = { P: 'f1', Q: 'f2', S: 'f4' } as const

/** Final letter of `CSI 1 ; modifiers letter`. R is left out: `CSI 1 ; 2 R` is also where the cursor stands. */
export const LETTER_NAMES: Readonly<Record<string, string>> = { ...ARROWS, ...FIRST_F_KEYS }

/** Letter of `ESC O letter`: arrows, F1 to F4 and the number pad in application mode. */
export const SS3_NAMES: Readonly<Record<string, string>> = {
  ...ARROWS,
  ...FIRST_F_KEYS,
  R: 'f3',
  M: 'enter',
  X: '=',
  ...Object.fromEntries([...'jklmno'].map((letter, index) => [letter, '*+,-./'[index] ?? ''])),
  ...Object.fromEntries([...'pqrstuvwxy'].map((letter, digit) => [letter, String(digit)])),
}

/** Number of `CSI number ; modifiers ~`. */
export const TILDE_NAMES: Readonly<Record<number, string>> = {
  1: 'home',
  2: 'insert',
  3: 'delete',
  4: 'end',
  5: 'page-up',
  6: 'page-down',
  7: 'home',
  8: 'end',
  11: 'f1',
  12: 'f2',
  13: 'f3',
  14: 'f4',
  15: 'f5',
  17: 'f6',
  18: 'f7',
  19: 'f8',
  20: 'f9',
  21: 'f10',
  23: 'f11',
  24: 'f12',
  25: 'f13',
  26: 'f14',
  28: 'f15',
  29: 'menu',
  31: 'f17',
  32: 'f18',
  33: 'f19',
  34: 'f20',
  57427: 'begin',
}

/** Letter of the Linux console's `ESC [ [ letter`. */
export const CONSOLE_NAMES: Readonly<Record<string, string>> = { A: 'f1', B: 'f2', C: 'f3', D: 'f4', E: 'f5' }

const BARE_MODIFIERS: ReadonlySet<string> = new Set(MODIFIER_KEYS)

/** A modifier pressed for itself, such as `left-ctrl`. */
export const isBareModifier = (chord: string): boolean => BARE_MODIFIERS.has(chord)

/** Every name that a key without text of its own can have. */
export const NAMED_KEYS: ReadonlySet<string> = new Set(
  [...KITTY_NAMES.values(), ...Object.values(SS3_NAMES), ...Object.values(TILDE_NAMES), 'space'].filter(
    name => name.length > 1,
  ),
)

/** Shift 1, alt 2, ctrl 4, super 8, hyper 16, meta 32; caps lock (64) and num lock (128) disturb no key. */
export const MODIFIERS = ['shift', 'alt', 'ctrl', 'super', 'hyper', 'meta'] as const

export function modifierPrefix(bits: number): string {
  return MODIFIERS.map((name, bit) => (bits & (1 << bit) ? `${name}+` : '')).join('')
}
