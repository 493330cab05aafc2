import { BOLD, DIM, foreground, INVERSE, ITALIC, PLAIN, type Style, UNDERLINE, withoutColour } from './style.ts'
import type { ThemeName } from './view.ts'

/** What a text means, never how it looks: the themes decide that. */
export type Look = keyof ReturnType<typeof looksFrom>

/** How each meaning looks in a theme. */
export type Looks = Readonly<Record<Look, Style>>

/** A piece of a line in one look. */
export interface Span {
  readonly text: string
  readonly look: Look
}

export function span(text: string, look: Look = 'plain'): Span {
  return { text, look }
}

/** The looks of a theme. Without colours the words, signs and attributes still carry the meaning. */
export function looksOf(theme: ThemeName, useColour: boolean): Looks {
  const looks = THEMES[theme]
  if (useColour) return looks
  return Object.fromEntries(Object.entries(looks).map(([look, style]) => [look, withoutColour(style)])) as Looks
}

/** The style of a look. @param looks `true` and `false`: the dark theme, with and without colours */
export function styleOf(look: Look, looks: Looks | boolean): Style {
  if (typeof looks !== 'boolean') return looks[look]
  return looks ? THEMES.dark[look] : withoutColour(THEMES.dark[look])
}

/** The few inks of a theme, named after what they are in the dark one. */
interface Inks {
  readonly red: Style
  readonly green: Style
  readonly yellow: Style
  readonly blue: Style
  readonly cyan: Style
  /** Labels and rules. */
  readonly faint: Style
  /** Figures that may not be traded on; a word beside them says so. */
  readonly stale: Style
}

function looksFrom({ red, green, yellow, blue, cyan, faint, stale }: Inks) {
  return {
    plain: PLAIN,
    strong: BOLD,
    label: faint,
    frame: faint,
    title: BOLD | faint,
    // Figures: the sign in the text says the same.
    up: green,
    down: red,
    even: PLAIN,
    // Prices.
    price: BOLD,
    stale,
    warning: BOLD | yellow | INVERSE,
    danger: BOLD | red | INVERSE,
    // The outcome line.
    good: BOLD | green,
    bad: BOLD | red,
    wait: BOLD | yellow,
    info: PLAIN,
    // Which world this is: live must not be taken for anything else.
    mock: BOLD | cyan | INVERSE,
    demo: BOLD | blue | INVERSE,
    live: BOLD | red | INVERSE | UNDERLINE,
    // Whether entries are sent.
    armed: BOLD | green,
    disarmed: BOLD | yellow | INVERSE,
    locked: BOLD | red | INVERSE,
    // What is open.
    flat: BOLD | INVERSE,
    open: BOLD | green | INVERSE,
    checking: BOLD | yellow | INVERSE,
    unknown: BOLD | red | INVERSE,
    // Chart, ladder, tape.
    tick: cyan,
    entryLine: yellow,
    stopLine: red,
    limitLine: green,
    orderLine: blue,
    // Tables and lists.
    chosen: BOLD | INVERSE,
    selected: BOLD | UNDERLINE,
    // Keys.
    entryKey: BOLD | INVERSE,
    exitKey: BOLD | UNDERLINE,
    otherKey: BOLD,
    question: BOLD | yellow | INVERSE,
  } satisfies Record<string, Style>
}

/**
 * The terminal's own first 8 colours in the dark theme, so that the trader's palette holds; elsewhere colours of the 256 whose
 * contrast is known: 4.5 and more on white (`light`) or black (`colour-blind`), 7 and more on black (`contrast`).
 * @see Web Content Accessibility Guidelines 2.2, success criteria 1.4.3 and 1.4.6
 */
const THEMES: Readonly<Record<ThemeName, Looks>> = {
  dark: looksFrom({ ...inks(1, 2, 3, 4, 6), faint: DIM, stale: DIM }),
  light: looksFrom({ ...inks(124, 22, 94, 19, 24), faint: foreground(240), stale: foreground(240) | ITALIC }),
  contrast: looksFrom({ ...inks(210, 120, 227, 117, 123), faint: PLAIN, stale: ITALIC }),
  // Blue and orange are told apart by every kind of colour blindness.
  'colour-blind': looksFrom({ ...inks(208, 39, 229, 153, 195), faint: DIM, stale: DIM }),
}

function inks(red: number, green: number, yellow: number, blue: number, cyan: number) {
  return {
    red: foreground(red),
    green: foreground(green),
    yellow: foreground(yellow),
    blue: foreground(blue),
    cyan: foreground(cyan),
  }
}
