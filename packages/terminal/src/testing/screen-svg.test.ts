import { expect, it } from 'vitest'
import { screenSvg } from './screen-svg.ts'

const drawn = (raw: string) => screenSvg({ raw, columns: 12, rows: 2, title: 'a & b' })

it('keeps words as text, each run at its own place, with what XML needs escaped', async () => {
  const svg = await drawn('ab \x1b[1;31m<&>\x1b[m')
  expect(svg).toContain('>a &amp; b</text>')
  expect(svg).toMatch(
    /<text x="39\.29" [^>]*textLength="25\.29"[^>]* fill="#ff6b68" font-weight="700">&lt;&amp;&gt;<\/text>/,
  )
})

it('fills the ground behind inverse text and swaps its colours', async () => {
  const svg = await drawn('\x1b[7;32m OK \x1b[m')
  expect(svg).toMatch(/<rect [^>]*width="33\.72" [^>]*fill="#5fd38d"\/>/)
  expect(svg).toContain('fill="#11151b">OK</text>')
})

it('draws one point for each raised dot of braille and joins box lines at the edges of their cells', async () => {
  const svg = await drawn('⣿⠁\r\n─│')
  expect(svg.match(/h0/g)).toHaveLength(9)
  expect(svg).toContain('M14 73.5H22.43M26.65 65V82')
  expect(svg).not.toMatch(/[⠀-⣿─│]/)
})
