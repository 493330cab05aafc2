import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { expect, it } from 'vitest'
import { SAMPLE_REPORT } from '../../testing/sample-report.ts'
import { HOSTILE } from '../../testing/sample-trades.ts'
import { jsonText } from './json.ts'

const schema: unknown = JSON.parse(readFileSync(new URL('../../../schema/report.schema.json', import.meta.url), 'utf8'))

it('is of its schema, which allows no member that it does not name', () => {
  expect(problemsOf(JSON.parse(jsonText(SAMPLE_REPORT)))).toEqual([])
})

it.each([
  ['an amount as a number', { trades: [{ ...firstTrade(), net: 15 }] }],
  ['a figure with an exponent', { trades: [{ ...firstTrade(), net: '1e2' }] }],
  ['a member that is not named', { more: true }],
  [
    'a cause that is not named',
    { bridge: { opening: null, closing: null, parts: [{ cause: 'tax', amount: '1', rows: [] }] } },
  ],
])('would not be of its schema with %s', (_what, change) => {
  expect(problemsOf({ ...JSON.parse(jsonText(SAMPLE_REPORT)), ...change })).not.toEqual([])
})

it('is of its schema when hardly anything is known', () => {
  const { all } = SAMPLE_REPORT.statistics
  const nothing = {
    ...SAMPLE_REPORT,
    trades: [],
    days: [],
    presses: null,
    latency: null,
    findings: [],
    guardEvents: [],
  }
  const unknown = { ...all, winRate: null, expectancy: null, largestWin: null, meanHeldMs: null }
  const text = jsonText({
    ...nothing,
    account: { ...SAMPLE_REPORT.account, name: null, zone: { offsetHours: -3.5 } },
    bridge: { opening: null, closing: null, parts: [] },
    statistics: { ...SAMPLE_REPORT.statistics, all: unknown, drawdown: null, curve: [] },
  })
  expect(problemsOf(JSON.parse(text))).toEqual([])
  expect(JSON.parse(text).account.zone).toBe('UTC-03:30')
})

it('is the same text each time, and holds words as they were', () => {
  expect(jsonText(SAMPLE_REPORT)).toBe(jsonText(SAMPLE_REPORT))
  expect(JSON.parse(jsonText(SAMPLE_REPORT)).trades[0].notes).toEqual([HOSTILE.script, HOSTILE.table])
})

function firstTrade(): object {
  return JSON.parse(jsonText(SAMPLE_REPORT)).trades[0]
}

function problemsOf(document: unknown): readonly unknown[] {
  const validate = new Ajv({ strict: true, strictTypes: false, allErrors: true }).compile(Object(schema))
  return validate(document) ? [] : (validate.errors ?? [])
}
