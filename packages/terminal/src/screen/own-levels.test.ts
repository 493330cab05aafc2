import { describe, expect, it } from 'vitest'
import { hasSameOwnLevels, ownLevels, placed } from './own-levels.ts'
import { FLAT_VIEW, LONG_POSITION, OPEN_VIEW, SELL_LIMIT } from './test/sample-view.ts'

const words = (view: typeof FLAT_VIEW) => ownLevels(view).map(({ kind, text, size }) => `${kind} ${text} ${size}`)

describe('our own levels', () => {
  it('are entry, stop and limit of the positions, and the working orders', () => {
    expect(words({ ...OPEN_VIEW, positions: [{ ...LONG_POSITION, limit: '1.08800' }], orders: [SELL_LIMIT] })).toEqual([
      'entry 1.08521 +1',
      'stop 1.08371 null',
      'limit 1.08800 null',
      'sell 1.08700 0.5',
    ])
  })

  it('are those of the chosen market', () => {
    const elsewhere = { ...LONG_POSITION, epic: 'IX.D.DAX.IFD.IP' }
    expect(words({ ...OPEN_VIEW, positions: [elsewhere], orders: [{ ...SELL_LIMIT, epic: elsewhere.epic }] })).toEqual(
      [],
    )
  })

  it('have the average of several entries of one side, weighted by size', () => {
    const second = { ...LONG_POSITION, level: '1.08621', size: '3', stop: null }
    const short = { ...LONG_POSITION, direction: 'SELL', level: '1.08600', stop: null } as const
    expect(words({ ...OPEN_VIEW, positions: [LONG_POSITION, second, short] })).toContain('average 1.08596 null')
    expect(words({ ...OPEN_VIEW, positions: [LONG_POSITION, short] }).join()).not.toContain('average')
  })

  it('are one where they are the same, with their sizes added', () => {
    const orders = [SELL_LIMIT, { ...SELL_LIMIT, size: '0.25' }]
    expect(words({ ...FLAT_VIEW, orders })).toEqual(['sell 1.08700 0.75'])
    expect(words({ ...OPEN_VIEW, positions: [LONG_POSITION, LONG_POSITION] })).toContain('stop 1.08371 null')
  })

  it('are placed by their figure, whatever its decimals, and left out when it is none', () => {
    const levels = ownLevels({ ...OPEN_VIEW, positions: [{ ...LONG_POSITION, level: '1.085216', stop: '–' }] })
    expect(placed(levels, 5).map(({ price, text }) => `${price} ${text}`)).toEqual(['108522 1.085216'])
  })

  it('are the same while only figures of the tick change', () => {
    const moved = { ...LONG_POSITION, profit: { text: '+9 EUR', tone: 'up' } } as const
    expect(hasSameOwnLevels(OPEN_VIEW, { ...OPEN_VIEW, positions: [moved] })).toBe(true)
    expect(hasSameOwnLevels(OPEN_VIEW, { ...OPEN_VIEW, positions: [{ ...moved, stop: null }] })).toBe(false)
    expect(hasSameOwnLevels(OPEN_VIEW, { ...OPEN_VIEW, orders: [SELL_LIMIT] })).toBe(false)
  })
})
