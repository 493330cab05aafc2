import { Decimal } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import type { Preset } from './preset.ts'
import { rehearse } from './rehearsal.ts'
import { aMarket, aPreset } from './testing/desk-fixtures.ts'

const PRESETS: readonly (readonly [string, Preset])[] = [
  ['may be armed', aPreset()],
  ['has no legs', aPreset({ stopPoints: null })],
  ['the guard denies', aPreset({ size: new Decimal(0), market: aMarket({ allowsMarketOrders: false }) })],
]

it.each(PRESETS)('can be played with a preset that %s, and leaves the preset as it was', (_, preset) => {
  const before = JSON.stringify(preset)
  rehearse({ preset, accountCurrency: 'EUR' }, 4)
  expect(JSON.stringify(preset)).toBe(before)
})
