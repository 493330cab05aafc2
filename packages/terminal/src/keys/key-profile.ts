import type { KeyAction } from './key-action.ts'

/** A key of a profile, in the context in which it is pressed. */
export interface ProfileKey {
  readonly context: 'trading' | 'question' | 'text'
  readonly chord: string
  readonly action: KeyAction
}

export type ProfileName = 'scalper' | 'arrows'

export const PROFILES: readonly ProfileName[] = ['scalper', 'arrows']

const trading = (keys: Readonly<Record<string, KeyAction>>): readonly ProfileKey[] =>
  Object.entries(keys).map(([chord, action]) => ({ context: 'trading', chord, action }))

/** Keys of every profile. Upper case is for what is rarer, or goes further than its small letter. */
const SAME = [
  ...trading({
    b: 'buy',
    'right-ctrl': 'buy',
    s: 'sell',
    'left-ctrl': 'sell',
    v: 'reverse',
    j: 'join-bid',
    k: 'join-offer',
    space: 'flatten',
    f: 'flatten-market',
    c: 'close-position',
    h: 'close-half',
    g: 'close-quarter',
    x: 'cancel-order',
    X: 'cancel-orders',
    e: 'breakeven',
    u: 'stop-up',
    d: 'stop-down',
    U: 'limit-up',
    D: 'limit-down',
    t: 'tighten-stop',
    r: 'toggle-trailing',
    l: 'remove-limit',
  }),
  ...([1, 2, 3, 4, 5, 6, 7, 8, 9] as const).map(
    size => ({ context: 'trading', chord: String(size), action: `size-${size}` }) as const,
  ),
  ...trading({
    p: 'next-preset',
    a: 'toggle-armed',
    L: 'lock-day',
    o: 'adopt',
    Y: 'accept-unknown',
    tab: 'next-market',
    'shift+tab': 'previous-market',
    '/': 'pick-market',
    m: 'next-time-frame',
    w: 'next-layout',
    'page-down': 'next-selection',
    'page-up': 'previous-selection',
    '?': 'help',
    q: 'quit',
    'ctrl+c': 'quit',
    'ctrl+l': 'redraw',
  }),
  { context: 'text', chord: 'ctrl+c', action: 'quit' },
  { context: 'question', chord: 'y', action: 'yes' },
  { context: 'question', chord: 'n', action: 'no' },
  { context: 'question', chord: 'escape', action: 'no' },
] as const satisfies readonly ProfileKey[]

const ARROWS = trading({ right: 'buy', left: 'sell', down: 'flatten' })

export const PROFILE_KEYS: Readonly<Record<ProfileName, readonly ProfileKey[]>> = {
  scalper: SAME,
  arrows: [...SAME, ...ARROWS],
}
