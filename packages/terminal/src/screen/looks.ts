import { BOLD, DIM, foreground, INVERSE, PLAIN, type Style, UNDERLINE, withoutColour } from './style.ts'

/** What a text means, never how it looks: the one table below decides that. */
export type Look = keyof typeof LOOKS

/** A piece of a line in one look. */
export interface Span {
  readonly text: string
  readonly look: Look
}

export function span(text: string, look: Look = 'plain'): Span {
  return { text, look }
}

/** The style of a look. Without colours the words, signs and attributes still carry the meaning. */
export function styleOf(look: Look, useColour: boolean): Style {
  return useColour ? LOOKS[look] : withoutColour(LOOKS[look])
}

const [RED, GREEN, YELLOW, BLUE, CYAN] = [1, 2, 3, 4, 6].map(foreground) as [Style, Style, Style, Style, Style]

const LOOKS = {
  plain: PLAIN,
  strong: BOLD,
  label: DIM,
  frame: DIM,
  // Figures: the sign in the text says the same.
  up: GREEN,
  down: RED,
  even: PLAIN,
  // Prices.
  price: BOLD,
  stale: DIM,
  warning: BOLD | YELLOW | INVERSE,
  danger: BOLD | RED | INVERSE,
  // The outcome line.
  good: BOLD | GREEN,
  bad: BOLD | RED,
  wait: BOLD | YELLOW,
  info: PLAIN,
  // Which world this is: live must not be taken for anything else.
  mock: BOLD | CYAN | INVERSE,
  demo: BOLD | BLUE | INVERSE,
  live: BOLD | RED | INVERSE | UNDERLINE,
  // What is open.
  flat: BOLD | INVERSE,
  open: BOLD | GREEN | INVERSE,
  checking: BOLD | YELLOW | INVERSE,
  unknown: BOLD | RED | INVERSE,
  // Chart.
  tick: CYAN,
  entryLine: YELLOW,
  stopLine: RED,
  // Keys.
  entryKey: BOLD | INVERSE,
  exitKey: BOLD | UNDERLINE,
  otherKey: BOLD,
  question: BOLD | YELLOW | INVERSE,
} as const satisfies Record<string, Style>
