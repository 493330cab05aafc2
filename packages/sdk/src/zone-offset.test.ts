import fc from 'fast-check'
import { expect, it } from 'vitest'
import { namedOffsetMs } from './zone-offset.ts'

const MINUTE_MS = 60_000

/** As the zone's rules say it of this very second, in another form. */
function told(utcMs: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(utcMs)
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
  const [, sign = '+', hours = '0', minutes = '0', seconds = '0'] =
    /GMT([+-])(\d\d):(\d\d)(?::(\d\d))?/.exec(name) ?? []
  const ms = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000
  return sign === '-' ? -ms : ms
}

it('is what the zone’s rules say, at any second since there are zones, however often and in which order it is asked', () => {
  const zone = fc.constantFrom('Europe/Paris', 'America/St_Johns', 'Africa/Monrovia', 'Asia/Kathmandu', 'Pacific/Apia')
  const second = fc.integer({ min: Date.UTC(1900, 0, 1) / 1_000, max: Date.UTC(2037, 0, 1) / 1_000 })
  const asked = fc.property(zone, second, (name, at) => {
    expect(namedOffsetMs(at * 1_000, name)).toBe(told(at * 1_000, name))
  })
  fc.assert(asked, { numRuns: 500 })
})

it.each([
  ['Europe/Paris', Date.UTC(2026, 2, 29, 1)],
  ['Europe/Paris', Date.UTC(2026, 9, 25, 1)],
  // One minute past midnight.
  ['America/St_Johns', Date.UTC(2010, 2, 14, 3, 31)],
  // Without a change of season: it went over the date line.
  ['Pacific/Apia', Date.UTC(2011, 11, 30, 10)],
])('changes in %s to the very second', (zone, changeMs) => {
  expect(namedOffsetMs(changeMs - 1, zone)).toBe(told(changeMs - MINUTE_MS, zone))
  expect(namedOffsetMs(changeMs, zone)).toBe(told(changeMs + MINUTE_MS, zone))
  expect(namedOffsetMs(changeMs - 1, zone)).not.toBe(namedOffsetMs(changeMs, zone))
})
