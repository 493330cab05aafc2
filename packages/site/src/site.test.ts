import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Browser, chromiumPath, openBrowser } from '../../reports/src/testing/browser.ts'
import { writeApiPages } from './api-pages.ts'
import { brokenSiteLinks, writeSite } from './built-site.ts'
import { brokenLinks, documentsOf } from './repository.ts'
import { sitePages } from './site-pages.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const documents = documentsOf(root)

it('leads every link of the repository’s documents to a file, a heading or a line that is there', () => {
  expect(documents.size).toBeGreaterThan(15)
  expect(brokenLinks(root, documents)).toEqual([])
})

describe('the site, once built', () => {
  const out = mkdtempSync(join(tmpdir(), 'scalpdesk-site-'))
  let complaints: readonly string[]

  beforeAll(async () => {
    writeSite(root, out, sitePages(root, documents))
    complaints = await writeApiPages(root, out)
  }, 120_000)
  afterAll(() => rmSync(out, { recursive: true }))

  it('has nothing against the doc comments of the packages', () => {
    expect(complaints).toEqual([])
  })

  it('leads every link of its pages, those of the API too, to a page and an anchor that are there', () => {
    expect(brokenSiteLinks(out)).toEqual([])
  })

  it('shows what a doc comment says', () => {
    expect(readFileSync(join(out, 'api/functions/_scalpdesk_sdk.connectIg.html'), 'utf8')).toContain('Signs in')
  })

  const chromium = chromiumPath()
  it('asks for nothing outside, complains of nothing and fits a phone in Chromium, where that is installed', async () => {
    if (chromium === null) return
    await using browser: Browser = openBrowser(chromium)
    for (const name of ['index.html', 'packages/terminal/index.html', 'api/modules/_scalpdesk_sdk.html'])
      for (const view of [
        { width: 1280, height: 900, light: 'dark' },
        { width: 390, height: 844, light: 'light' },
      ] as const) {
        const page = await browser.open(pathToFileURL(join(out, name)).href, view)
        expect(page.requests.filter(url => !url.startsWith('file:') && !url.startsWith('data:'))).toEqual([])
        expect(page.complaints).toEqual([])
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
      }
  })
})
