import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { manyTrades } from '../../testing/many-trades.ts'
import { SAMPLE_REPORT } from '../../testing/sample-report.ts'
import { HOSTILE } from '../../testing/sample-trades.ts'
import { MOST_LISTED } from './listed-trades.ts'
import { htmlText } from './page.ts'

const page = htmlText(SAMPLE_REPORT)

it('forbids everything but its own style, of which it tells the hash', () => {
  const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? ''
  const hash = createHash('sha256').update(style).digest('base64')
  expect(page).toContain(
    `content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"`,
  )
})

it('has no script, no address to load from, and no style beside its own', () => {
  const tags = page.match(/<[a-z][^>]*>/g) ?? []
  expect(
    tags.filter(tag =>
      /^<(script|img|link|iframe|object|embed|form|input)\b|\s(src|style|on\w+)=|href="(?!#)/.test(tag),
    ),
  ).toEqual([])
})

it('shows hostile words as words, without what turns or steers them', () => {
  expect(page).toContain('&lt;img src=&quot;https://example.com/x&quot; onerror=&quot;alert(1)&quot;&gt;')
  expect(page).not.toContain(HOSTILE.markup)
  expect(page).not.toContain('\u202e')
  expect(page).not.toContain('\u001b')
})

it('says what does not agree before anything else but the result', () => {
  const order = [
    'class="net"',
    'Does not agree (2)',
    'Key figures',
    'Balance, every cent',
    'Equity curve',
    'By hour',
    'Trades</h2>',
  ]
  const places = order.map(words => page.indexOf(words))
  expect(places).not.toContain(-1)
  expect(places).toEqual(places.toSorted((one, other) => one - other))
})

it('shows no calendar of a single day, and one leaf for each month of more', () => {
  expect(page).not.toContain('class="calendar"')
  const months = htmlText(manyTrades(120, 60)).match(/class="calendar"><caption>[\d-]+/g)
  expect(months).toEqual(['2025-01', '2025-02', '2025-03'].map(month => `class="calendar"><caption>${month}`))
})

it('stays of a size that a browser opens at once, however many trades there are', () => {
  const year = htmlText(manyTrades(8_000, 250))
  expect(year.length).toBeLessThan(5_000_000)
  expect(year.match(/id="t\d+"/g)).toHaveLength(MOST_LISTED)
  expect(year).toContain('The 1,000 trades that won or lost most, of 8,000')
})

it('is the same each time, and says what is not known as a dash', () => {
  expect(htmlText(SAMPLE_REPORT)).toBe(page)
  expect(page).toContain('title="not known">–</span>')
})

it('is a page even when nothing happened', () => {
  const quiet = htmlText({
    ...SAMPLE_REPORT,
    trades: [],
    days: [],
    findings: [],
    presses: null,
    latency: null,
    guardEvents: [],
    sources: [],
    bridge: { opening: null, closing: null, parts: [] },
    statistics: { ...manyTrades(0, 1).statistics },
  })
  expect(quiet).toContain('No trade ended in these days.')
  expect(quiet).not.toContain('NaN')
})
