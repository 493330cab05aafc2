import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Browser, chromiumPath, openBrowser } from '../../testing/browser.ts'
import { samplePrices } from '../../testing/sample-prices.ts'
import { SAMPLE_REPORT } from '../../testing/sample-report.ts'
import { HOSTILE, SAMPLE_TRADES } from '../../testing/sample-trades.ts'
import { htmlText } from './page.ts'

const chromium = chromiumPath()
const VIEWS = [
  { width: 1280, height: 900, light: 'light' },
  { width: 1280, height: 900, light: 'dark' },
  { width: 390, height: 844, light: 'light' },
] as const

if (chromium === null) {
  it('is not opened in a browser here, because Chromium is not installed', () => {
    expect(chromium).toBeNull()
  })
} else {
  describe('in Chromium', () => {
    const folder = mkdtempSync(join(tmpdir(), 'report-page-'))
    const file = join(folder, 'report.html')
    const url = pathToFileURL(file).href
    let browser: Browser

    beforeAll(() => {
      const prices = ['IX.D.DAX.IFMM.IP', 'IX.D.SPTRD.IFE.IP'].map(epic => samplePrices(SAMPLE_TRADES, epic, 1))
      writeFileSync(file, htmlText(SAMPLE_REPORT, { prices }))
      browser = openBrowser(chromium)
    })
    afterAll(async () => {
      await browser[Symbol.asyncDispose]()
      rmSync(folder, { recursive: true })
    })

    it.each(VIEWS)(
      'asks for nothing but itself, complains of nothing and needs no sideways scroll at $width, $light',
      async view => {
        const page = await browser.open(url, view)
        expect(page.requests).toEqual([url])
        expect(page.complaints).toEqual([])
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0)
      },
    )

    it('shows the words of others as text', async () => {
      const page = await browser.open(url, VIEWS[0])
      expect(await page.evaluate('document.querySelectorAll("script, img, a[href^=http]").length')).toBe(0)
      const text = String(await page.evaluate('document.body.innerText'))
      expect(text).toContain(HOSTILE.markup)
      expect(text).toContain(HOSTILE.formula)
      expect(text).toContain('</script></style><script>alert("note")</script>')
    })

    it('would load nothing and run nothing even if markup came through', async () => {
      const broken = join(folder, 'broken.html')
      const evil =
        '<img src="https://example.com/x"><script>document.title="ran"</script><p style="color:red" onclick="alert(1)">'
      writeFileSync(broken, readFileSync(file, 'utf8').replace('<main>', `<main>${evil}`))
      const page = await browser.open(pathToFileURL(broken).href, VIEWS[0])
      expect(await page.evaluate('document.title')).toContain('Scalpdesk report')
      expect(await page.evaluate('document.images[0].naturalWidth')).toBe(0)
      expect(page.complaints.filter(one => one.includes('Content Security Policy'))).not.toEqual([])
    })

    it('draws the charts: curves, bars, and each trade with its entry, exit and stop', async () => {
      const page = await browser.open(url, VIEWS[0])
      const seen = await page.evaluate(`(() => {
      const drawn = selector => [...document.querySelectorAll(selector)].filter(one => {
        const { width, height } = one.getBoundingClientRect()
        return width > 0 || height > 0
      }).length
      return { curve: drawn('.curve'), under: drawn('.under'), bands: drawn('.ticks'), entries: drawn('.mark:not(.out)'), exits: drawn('.mark.out'), stops: drawn('line.stop') }
    })()`)
      expect(seen).toEqual({ curve: 1, under: 1, bands: 5, entries: 6, exits: 7, stops: 5 })
    })

    it.each(VIEWS)('breaks no rule of accessibility that a program can check at $width, $light', async view => {
      const page = await browser.open(url, view)
      await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'))
      const broken = await page.evaluate(
        `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(node => node.html.slice(0, 160) + ' ' + (node.any[0]?.message ?? '')).join(' | ')))`,
      )
      expect(broken).toEqual([])
    })

    it('prints as a PDF', async () => {
      const page = await browser.open(url, VIEWS[0])
      const pdf = Buffer.from(await page.pdf())
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    })
  })
}
