import type { AllowanceView } from '@scalpdesk/sdk'
import { describe, expect, it } from 'vitest'
import { percentile } from './finding.ts'
import { isAtLeast, versionsFinding } from './machine.ts'
import { latencyFinding, skewFinding } from './network.ts'
import { allowancesFinding } from './sign-in.ts'
import { pressedFinding, type TerminalFacts, terminalFindings, widthFinding } from './terminal.ts'

describe('versions', () => {
  it.each([
    ['22.19.0', true],
    ['24.1.0', true],
    ['22.18.9', false],
    ['20.20.0', false],
    ['22.9.0', false],
  ])('Node %s is enough: %s', (version, isEnough) => {
    expect(isAtLeast(version, '>=22.19')).toBe(isEnough)
    expect(versionsFinding('1.0.0', version, '>=22.19', 'linux x64').state).toBe(isEnough ? 'ok' : 'problem')
  })
})

describe('the clock', () => {
  it.each([
    [200, 'ok', /within 1 s/],
    [-5_000, 'warning', /5\.0 s behind the broker's/],
    [5_000, 'warning', /5\.0 s ahead of the broker's/],
    [3_600_000, 'problem', /3600\.0 s ahead/],
    [null, 'warning', /did not say its time/],
  ])('%s ms ahead', (skewMs, state, words) => {
    expect(skewFinding(skewMs)).toMatchObject({ state, says: expect.stringMatching(words) })
  })
})

it('the latency is told by its middle and its worst twentieth, and too slow a way is a warning', () => {
  expect(percentile([5, 1, 4, 2, 3], 0.5)).toBe(3)
  expect(percentile([5, 1, 4, 2, 3], 0.95)).toBe(5)
  expect(percentile([], 0.5)).toBe(0)
  expect(latencyFinding([1, 2, 30])).toEqual({
    name: 'latency',
    state: 'ok',
    says: 'p50 2.0 ms, p95 30 ms of 3 requests',
    remedy: null,
  })
  expect(latencyFinding([300, 400]).state).toBe('warning')
})

describe('the terminal', () => {
  const facts: TerminalFacts = {
    columns: 120,
    rows: 40,
    colourDepth: 24,
    isMultiplexed: false,
    variables: { LANG: 'C.UTF-8' },
  }
  const of = (name: string, changes: Partial<TerminalFacts>) =>
    terminalFindings({ ...facts, ...changes }).find(finding => finding.name === name)

  it('is well with colours, room and UTF-8', () => {
    expect(terminalFindings(facts).map(({ state }) => state)).toEqual(['ok', 'ok', 'ok'])
  })

  it('is told when it is too small, has few colours or another encoding', () => {
    expect(of('terminal', { columns: 30 })?.state).toBe('problem')
    expect(of('colours', { colourDepth: 4 })?.state).toBe('warning')
    expect(of('colours', { colourDepth: 1, variables: { NO_COLOR: '1' } })?.state).toBe('ok')
    expect(of('characters', { variables: { LANG: 'C.UTF-8', LC_ALL: 'C' } })?.state).toBe('warning')
    expect(of('characters', { variables: {} })?.state).toBe('warning')
  })

  it('is told where signs are wider than a cell', () => {
    expect([widthFinding(8), widthFinding(12), widthFinding(null)].map(({ state }) => state)).toEqual([
      'ok',
      'problem',
      'warning',
    ])
  })

  it('shows nothing odd that stands in TERM', () => {
    expect(of('terminal', { variables: { TERM: 'x\x1b]0;canary\x07' } })?.says).toBe('120x40, TERM not set')
  })

  it('is told when it promises bare keys that do not come', () => {
    const state = (keys: readonly string[], isKitty: boolean) => pressedFinding(new Set(keys), isKitty).state
    expect(state(['left-ctrl', 'right-ctrl'], true)).toBe('ok')
    expect(state(['left-ctrl'], true)).toBe('warning')
    expect(state(['b'], true)).toBe('warning')
    expect(state([], true)).toBe('warning')
    expect(state(['b'], false)).toBe('ok')
  })
})

it('allowances that are used up are a warning', () => {
  const window = { limit: 30, used: 3, reserve: 3, heldBackUntilMs: null }
  const view: AllowanceView = {
    origin: 'published',
    key: { ...window, limit: 60 },
    trading: window,
    data: window,
    pointsPerWeek: null,
    historicalPoints: null,
    pointsSpentUntilMs: null,
  }
  expect(allowancesFinding(view)).toMatchObject({
    state: 'ok',
    says: 'left: key 57 of 60 a minute, trading 27 of 30 a minute, data 27 of 30 a minute',
  })
  expect(allowancesFinding({ ...view, data: { ...window, used: 30 } }).state).toBe('warning')
  expect(allowancesFinding({ ...view, origin: 'off' }).says).toBe('none are kept')
})
