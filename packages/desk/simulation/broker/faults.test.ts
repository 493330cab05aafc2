import { readFileSync } from 'node:fs'
import { parseFaultPlans } from '@scalpdesk/mock-broker'
import { expect, it } from 'vitest'
import { FAULT_NAMES, MOCK_FAULTS } from './faults.ts'

const README = new URL('../../../../mock-broker/README.md', import.meta.url)

/** What makes good what another one did, and older names. */
const NO_FAULTS: ReadonlySet<string> = new Set(['loseNextReply', 'speak', 'freshQuote', 'closeMarket', 'openMarket'])

/** Of the table of faults: every name in its first column. */
function namesInTable(): readonly string[] {
  const text = readFileSync(README, 'utf8')
  const [, table = ''] = /\n\| Fault +\| Meaning +\|\n\| -+ \| -+ \|\n((?:\|.*\n)+)/.exec(text) ?? []
  const cells = table
    .trimEnd()
    .split('\n')
    .map(row => row.split('|')[1] ?? '')
  const names = cells.flatMap(cell => [...cell.matchAll(/`(\w+)/g)].map(match => match[1] ?? ''))
  return names.filter(name => !NO_FAULTS.has(name))
}

/** Those that can be planned: a plan of any other is refused with their names. */
function namesInPlans(): readonly string[] {
  try {
    parseFaultPlans('[{"fault":"none of them"}]', 'a test')
  } catch (error) {
    const [, names = ''] = /one of the faults (.*) in entry/.exec((error as Error).message) ?? []
    return names.split(', ')
  }
  return []
}

it('has a counterpart for every fault of the mock broker, and none that the mock does not have', () => {
  const names = namesInTable()
  expect(names.length).toBeGreaterThan(25)
  expect(Object.keys(MOCK_FAULTS).sort()).toEqual([...names].sort())
  expect(Object.keys(MOCK_FAULTS).sort()).toEqual([...namesInPlans()].sort())
})

it('draws from all of them, and from what only a network does', () => {
  expect(FAULT_NAMES).toEqual(
    expect.arrayContaining([...Object.keys(MOCK_FAULTS), 'lateRequest', 'loseRequest', 'noConnection']),
  )
})
