import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { gather, QUICK, ROOT } from './gather.ts'
import { brokenPromises, trustPage } from './trust-page.ts'

const headings = (page: string): readonly string[] => page.split('\n').filter(line => line.startsWith('#'))

it('runs what it can in seconds, and makes the page of what that said', { timeout: 300_000 }, async () => {
  const said: string[] = []
  const facts = await gather(QUICK, what => said.push(what))
  expect(facts.simulation).toMatchObject({ runs: QUICK.sessions, failures: 0 })
  expect(facts.soak).toMatchObject({ days: QUICK.soakDays, problems: 0 })
  expect(facts.fuzz.lines).toBe(QUICK.fuzzLines)
  expect(facts.properties.properties).toBeGreaterThan(50)

  const orders = '| Orders sent | 504 after accept |\n| --- | --- |\n| @scalpdesk/sdk | 1 |'
  const crashes = [
    { file: 'a.test.ts', title: 'killed [here] | there', passed: true },
    { file: 'a.test.ts', title: 'killed again', passed: false },
  ]
  const page = trustPage({ ...facts, lostAnswers: orders, crashes, clients: [] })
  expect(page).toContain(orders)
  expect(page).toContain('| [killed \\[here\\] \\| there](../a.test.ts) | held |')
  expect(page).toContain('| [killed again](../a.test.ts) | **broken** |')
  expect(trustPage(facts).match(/Not run in the short form/g)).toHaveLength(3)
  expect(brokenPromises(facts)).toBe(0)
  expect(brokenPromises({ ...facts, crashes })).toBe(1)
  // The page of the repository is a whole run of this.
  const kept = readFileSync(join(ROOT, 'docs/trust.md'), 'utf8')
  expect(headings(kept)).toEqual(headings(page))
  expect(kept).not.toContain('short form')
  expect(kept).toMatch(/This is the run of 20\d\d-\d\d-\d\d, of the\nsources at `[0-9a-f]{12}`/)
})
