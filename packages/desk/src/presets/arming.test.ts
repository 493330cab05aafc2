import type { Market } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import { type ArmedPreset, armPreset, choose, openLegs, placedLegs, presetProblems } from './arming.ts'
import { marketTerms } from './market-terms.ts'
import { aPreset, aSetting, d, someTerms } from './testing/preset-fixtures.ts'

const risk = (amount: number) => ({ kind: 'risk', risk: { kind: 'money', amount: d(amount) } }) as const
const fixed = (size: number | string) => ({ kind: 'fixed', size: d(size) }) as const

it('arms a preset that the market has nothing against', () => {
  const arming = armPreset(aPreset({ sizes: { 1: fixed(1), 9: risk(80) } }), aSetting())
  expect(arming.kind).toBe('armed')
})

it('arms nothing while one of its keys breaks a rule, and says each problem once', () => {
  const preset = aPreset({
    name: ' ',
    sizeKey: 4,
    sizes: { 1: fixed('0.1'), 2: fixed('0.1'), 3: risk(1) },
    limitPoints: d(1),
  })
  const problems = [
    'expected a name for the preset, but got none; name it',
    'expected a size on key 4 of the preset  , but it has none; set one or press another key',
    'expected a size of at least 0.5 for EUR/USD Mini, but got 0.1; raise it',
    'expected a limit at least 2 points away for EUR/USD Mini, but got 1; move it away',
    'expected to risk at least 4.00 EUR for the smallest size of EUR/USD Mini, but got 1.00; raise the risk or move the stop nearer',
  ]
  expect(presetProblems(preset, aSetting()).map(({ words }) => words)).toEqual(problems)
  expect(armPreset(preset, aSetting()).kind).toBe('refused')
})

it('cannot be armed by its types, nor changed when it is', () => {
  // @ts-expect-error Nobody has looked at it.
  const armed: ArmedPreset = aPreset()
  const arming = armPreset(armed, aSetting())
  expect(() => Object.assign(arming.kind === 'armed' ? arming.preset : {}, { limitPoints: null })).toThrow()
})

it('works a size out anew for every press, and checks it against the rules of now', () => {
  const preset = aPreset({ sizes: { 1: risk(80) } })
  expect(choose(preset, 1, aSetting())).toMatchObject({ kind: 'chosen', deal: { size: d(10) } })
  const dearer = aSetting({ terms: someTerms({ minStopDistance: { unit: 'POINTS', value: d(11) } }) })
  expect(choose(preset, 1, dearer)).toMatchObject({ kind: 'refused', problems: [{ code: 'stop-too-near' }] })
  expect(choose(preset, 2, aSetting())).toMatchObject({ kind: 'refused', problems: [{ code: 'no-size' }] })
})

it('refuses a trailing stop for a working order, which takes none', () => {
  const stop = { kind: 'trailing', distancePoints: d(10), stepPoints: d(1) } as const
  expect(choose(aPreset({ stop }), 1, aSetting(), 'working-order').kind).toBe('refused')
  expect(choose(aPreset({ stop }), 1, aSetting()).kind).toBe('chosen')
})

it('gives the legs as the SDK takes them', () => {
  const deal = { size: d(1), stop: null, limitPoints: null }
  const distancePoints = d(10)
  expect(openLegs(deal)).toEqual({})
  expect(openLegs({ ...deal, stop: { kind: 'normal', distancePoints }, limitPoints: d(4) })).toEqual({
    stop: { distancePoints },
    limit: { distancePoints: d(4) },
  })
  expect(openLegs({ ...deal, stop: { kind: 'guaranteed', distancePoints } })).toEqual({
    stop: { distancePoints, isGuaranteed: true },
  })
  expect(openLegs({ ...deal, stop: { kind: 'trailing', distancePoints, stepPoints: d(1) } })).toEqual({
    stop: { distancePoints, stepPoints: d(1) },
  })
  expect(placedLegs({ ...deal, stop: { kind: 'normal', distancePoints } })).toEqual({
    stop: { distancePoints, isGuaranteed: false },
  })
})

it('takes the terms of a market from what IG says, and from what the user knows', () => {
  const market: Market = {
    ...someTerms(),
    expiry: '-',
    state: 'tradeable',
    bid: null,
    offer: null,
    high: null,
    low: null,
  }
  expect(marketTerms(market, { sizeStep: d('0.1') })).toMatchObject({
    sizeStep: d('0.1'),
    areLegsAllowed: null,
    guaranteePremium: null,
  })
  expect(marketTerms(market, { doesAccountTrail: false }).areTrailingStopsAllowed).toBe(false)
})

it('knows what a market’s details say of stops, margin and the guarantee', () => {
  const factor = { unit: 'PERCENTAGE', value: d(5) } as const
  const instrument = {
    areStopsAndLimitsAllowed: true,
    isGuaranteedStopAllowed: false,
    limitedRiskPremium: factor,
    marginBands: null,
    marginFactor: factor,
  }
  const rules = { trailingStops: 'not-available', minTrailingStep: factor } as const
  const details = { ...someTerms(), instrument, rules }
  expect(marketTerms(details, { doesAccountTrail: true })).toMatchObject({
    areLegsAllowed: true,
    areGuaranteedStopsAllowed: false,
    areTrailingStopsAllowed: false,
    guaranteePremium: factor,
    minTrailingStep: factor,
    marginFactor: factor,
    sizeStep: null,
  })
})
