import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { IG_OPERATIONS, RETIRED_OPERATIONS } from '../testing/ig-operations.ts'
import { ROUTES } from './routes.ts'

const routes = Object.values(ROUTES).map(({ method, path, version }) => `${method} ${path} ${version}`)

it("covers every operation of IG's reference, each in the version to use", () => {
  expect(IG_OPERATIONS.filter(operation => !routes.includes(operation))).toEqual([])
})

it('has nothing beyond them but the older version of the activity, which has pages by number', () => {
  expect(routes.filter(route => !IG_OPERATIONS.includes(route))).toEqual(['GET /history/activity 2'])
})

it('counts what deals against the trading allowance, and prices against the historical one', () => {
  for (const { method, path, counts, isHistorical } of Object.values(ROUTES)) {
    expect([path, counts]).toEqual([path, path.includes('/otc') ? 'trading' : 'data'])
    expect([path, isHistorical]).toEqual([path, method === 'GET' && path.startsWith('/prices')])
  }
})

it('the README names the operations that are left out', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
  for (const operation of RETIRED_OPERATIONS) expect(readme).toContain(`\`${operation}\``)
})
