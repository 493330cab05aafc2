import { describe, expect, it } from 'vitest'
import { glyphsOf, plainText, textWidth } from './glyphs.ts'

describe('a text from the broker', () => {
  it.each([
    ['plain words stay', 'Germany 40 – Cash (€1)', 'Germany 40 – Cash (€1)', 22],
    ['accents stay on their letter', 'Cafe\u0301 Zürich', 'Café Zürich', 11],
    ['East Asian letters take two columns', '日経225', '日経225', 7],
    ['Korean syllables made of parts become one', '\u1112\u1161\u11ab', '한', 2],
    ['marks without a letter of their own are kept on theirs', 'q\u0323\u0307', 'q\u0323\u0307', 1],
    ['escape sequences lose their escape', 'a\x1b[2Jb', 'a�[2Jb', 6],
    ['other control characters are replaced', 'a\x07b\x9bc', 'a�b�c', 5],
    ['tabs and line ends become spaces', 'a\tb\nc\r\nd', 'a b c d', 7],
    ['wide spaces become spaces, and one that does not break stays', 'a\u3000b\u00a0c', 'a b\u00a0c', 5],
    ['text that turns direction is kept from doing so', 'SELL\u202e1\u202c', 'SELL1', 5],
    ['invisible characters vanish', 'U\u200bS\u00ad T\ufeffech', 'US Tech', 7],
    ['emoji, which terminals measure differently, are replaced', 'up 🚀 👨‍👩‍👧 🇩🇪', 'up � � �', 8],
    ['an emoji selector leaves the plain sign', '▶\ufe0f', '▶', 1],
    ['letters under a heap of marks are replaced', `a${'\u0301'.repeat(30)}b`, '�b', 2],
    ['half characters are replaced', '\ud83d!', '�!', 2],
    ['private characters are replaced', '\ue0b0', '�', 1],
  ])('%s', (_title, text, shown, width) => {
    expect(plainText(text)).toBe(shown)
    expect(textWidth(text)).toBe(width)
  })

  it('is one glyph for each cell or pair of cells', () => {
    expect(glyphsOf('a経é')).toEqual([
      { text: 'a', width: 1 },
      { text: '経', width: 2 },
      { text: 'é', width: 1 },
    ])
  })

  it('keeps what the screen itself draws', () => {
    const own = '─│╭╮╰╯▲▼→·…–■⣿⠁�'
    expect(plainText(own)).toBe(own)
    expect(textWidth(own)).toBe(own.length)
  })
})
