import { describe, expect, it } from 'vitest'
import { type Look, looksOf, styleOf } from './looks.ts'
import { BOLD, DIM, INVERSE, PLAIN, type Style, UNDERLINE, withoutColour } from './style.ts'
import { THEME_NAMES, type ThemeName } from './view.ts'

const FOREGROUND = 0x1ff
const LOOK_NAMES = Object.keys(looksOf('dark', true)) as Look[]

/** Palette index of a style's ink; null: the terminal's own. */
const inkOf = (style: Style): number | null => ((style & FOREGROUND) === 0 ? null : (style & FOREGROUND) - 1)

/** Red, green, blue of one of the 256 colours that every terminal shows alike. @see xterm, 256colres.h */
function rgb(index: number): readonly [number, number, number] {
  if (index < 16) throw new Error(`expected a colour that every terminal shows alike, but got ${index}`)
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10
    return [grey, grey, grey]
  }
  const level = (part: number) => (part === 0 ? 0 : 55 + part * 40)
  const at = index - 16
  return [level(Math.floor(at / 36)), level(Math.floor(at / 6) % 6), level(at % 6)]
}

/** @see Web Content Accessibility Guidelines 2.2, "relative luminance" and "contrast ratio" */
function luminance(colour: readonly [number, number, number]): number {
  const [red, green, blue] = colour.map(value => {
    const part = value / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(index: number, ground: 'white' | 'black'): number {
  const ink = luminance(rgb(index))
  return ground === 'white' ? 1.05 / (ink + 0.05) : (ink + 0.05) / 0.05
}

describe('a theme', () => {
  it.each([
    ['light', 'white', 4.5],
    ['contrast', 'black', 7],
    ['colour-blind', 'black', 4.5],
  ] as const)('%s is read on %s: every ink has a contrast of %d and more', (theme, ground, least) => {
    for (const look of LOOK_NAMES) {
      const ink = inkOf(styleOf(look, looksOf(theme, true)))
      if (ink !== null) expect(contrast(ink, ground), look).toBeGreaterThanOrEqual(least)
    }
  })

  it('of high contrast dims nothing', () => {
    for (const look of LOOK_NAMES) expect(styleOf(look, looksOf('contrast', true)) & DIM, look).toBe(0)
  })

  it('on white relies on no ink of the terminal that may be pale', () => {
    for (const look of LOOK_NAMES) expect(styleOf(look, looksOf('light', true)) & DIM, look).toBe(0)
  })

  it('that is safe for colour blindness sets blue against orange: winning is bluer, losing redder', () => {
    const looks = looksOf('colour-blind', true)
    const [up, down] = [rgb(inkOf(looks.up) ?? 0), rgb(inkOf(looks.down) ?? 0)]
    expect(up[2] - up[0]).toBeGreaterThan(150)
    expect(down[0] - down[2]).toBeGreaterThan(150)
  })

  it('of the dark ground uses only the 16 colours of the trader’s own palette', () => {
    for (const look of LOOK_NAMES) expect(inkOf(styleOf(look, looksOf('dark', true))) ?? 0, look).toBeLessThan(16)
  })
})

describe.each(THEME_NAMES)('theme %s', (theme: ThemeName) => {
  const [coloured, plain] = [looksOf(theme, true), looksOf(theme, false)]

  it('without colours keeps every attribute and no colour', () => {
    for (const look of LOOK_NAMES) expect(plain[look], look).toBe(withoutColour(coloured[look]))
  })

  it('marks a world of real money like no other, with colours and without', () => {
    expect(plain.live).toBe(BOLD | INVERSE | UNDERLINE)
    for (const look of ['mock', 'demo'] as const) {
      expect(coloured[look]).not.toBe(coloured.live)
      expect(plain[look]).not.toBe(plain.live)
    }
  })

  it('never lets disarmed or locked look like armed', () => {
    expect(new Set([coloured.armed, coloured.disarmed, coloured.locked]).size).toBe(3)
    for (const look of ['disarmed', 'locked'] as const) expect(plain[look]).not.toBe(plain.armed)
  })

  it('lets a price that may not be traded on look unlike one that may', () => {
    expect(plain.stale).not.toBe(plain.price)
    expect(plain.stale).not.toBe(PLAIN)
  })
})
