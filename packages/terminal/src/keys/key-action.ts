/** What a key can bring about. An entry opens something and is guarded; an exit reduces what is open or waits, and always acts. */
export type KeyAction = keyof typeof ACTIONS

export type KeyKind = 'entry' | 'exit' | 'other'

/** What the action does at the broker: opens something, changes or reduces what is there, or nothing. */
type KeyDanger = 'sends' | 'changes' | 'none'

export interface ActionFacts {
  readonly kind: KeyKind
  readonly danger: KeyDanger
}

const ENTRY = { kind: 'entry', danger: 'sends' } as const
const EXIT = { kind: 'exit', danger: 'changes' } as const
const CHANGE = { kind: 'other', danger: 'changes' } as const
const HARMLESS = { kind: 'other', danger: 'none' } as const

/** In the order in which help and README list them. */
const ACTIONS = {
  buy: ENTRY,
  sell: ENTRY,
  reverse: ENTRY,
  'join-bid': ENTRY,
  'join-offer': ENTRY,
  flatten: EXIT,
  'flatten-market': EXIT,
  'close-position': EXIT,
  'close-half': EXIT,
  'close-quarter': EXIT,
  'cancel-order': EXIT,
  'cancel-orders': EXIT,
  breakeven: CHANGE,
  'stop-up': CHANGE,
  'stop-down': CHANGE,
  'limit-up': CHANGE,
  'limit-down': CHANGE,
  'tighten-stop': CHANGE,
  'toggle-trailing': CHANGE,
  'remove-limit': CHANGE,
  'size-1': HARMLESS,
  'size-2': HARMLESS,
  'size-3': HARMLESS,
  'size-4': HARMLESS,
  'size-5': HARMLESS,
  'size-6': HARMLESS,
  'size-7': HARMLESS,
  'size-8': HARMLESS,
  'size-9': HARMLESS,
  'next-preset': HARMLESS,
  'toggle-armed': HARMLESS,
  'lock-day': HARMLESS,
  adopt: HARMLESS,
  'accept-unknown': HARMLESS,
  'next-market': HARMLESS,
  'previous-market': HARMLESS,
  'pick-market': HARMLESS,
  'next-time-frame': HARMLESS,
  'next-layout': HARMLESS,
  'next-selection': HARMLESS,
  'previous-selection': HARMLESS,
  help: HARMLESS,
  quit: HARMLESS,
  redraw: HARMLESS,
  yes: HARMLESS,
  no: HARMLESS,
} as const satisfies Readonly<Record<string, ActionFacts>>

export const KEY_ACTIONS = Object.keys(ACTIONS) as readonly KeyAction[]

export const factsOf = (action: KeyAction): ActionFacts => ACTIONS[action]

export const isKeyAction = (text: string): text is KeyAction => Object.hasOwn(ACTIONS, text)
