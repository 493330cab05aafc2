/** What the terminal tells about keys; the screen says in words which keys are live. */
export interface Keyboard {
  /** Ctrl, Shift, Alt by themselves, down and up. */
  readonly bareModifiers: boolean
  /** Presses, repeats and releases apart. */
  readonly eventTypes: boolean
  /** tmux or screen stand between, which pass neither on. */
  readonly isMultiplexed: boolean
}

/** Bits of the kitty flags: https://sw.kovidgoyal.net/kitty/keyboard-protocol/ "Progressive enhancement". */
const EVENT_TYPES = 2
const ALL_KEYS = 8

/** @param flags that took hold, 0 for a terminal that does not speak of them. */
export function keyboardOf(flags: number, isMultiplexed: boolean): Keyboard {
  const eventTypes = (flags & EVENT_TYPES) !== 0
  return { bareModifiers: eventTypes && (flags & ALL_KEYS) !== 0, eventTypes, isMultiplexed }
}

/**
 * Whether tmux or GNU screen runs between the program and the terminal.
 * @see tmux(1) and screen(1), "ENVIRONMENT": both set a variable of their own, and TERM to what they emulate
 */
export function isMultiplexed(env: Readonly<Record<string, string | undefined>>): boolean {
  return Boolean(env.TMUX || env.STY) || /^(?:tmux|screen)/.test(env.TERM ?? '')
}
