import { describe, expect, it } from 'vitest'
import { pathOfError } from '../testing/decode-path.ts'
import { decodeConfirm } from './decode-confirm.ts'

// Shape: IG Labs, REST API reference, "Positions", GET /confirms/{dealReference}; figures are made up.

const CONFIRM = {
  date: '2024-06-14T23:47:19.880',
  status: 'CLOSED',
  reason: 'SUCCESS',
  dealStatus: 'ACCEPTED',
  epic: 'CS.D.EURUSD.MINI.IP',
  expiry: '-',
  dealReference: 'J3MX8V2KQ7TTN5A',
  dealId: 'DIAAAAPX7K2M9QA',
  affectedDeals: [{ dealId: 'DIAAAAPX7K2M9QA', status: 'FULLY_CLOSED' }],
  level: 1.08504,
  size: 1,
  direction: 'SELL',
  stopLevel: null,
  limitLevel: null,
  stopDistance: null,
  limitDistance: null,
  guaranteedStop: false,
  trailingStop: false,
  profit: 8.4,
  profitCurrency: 'USD',
}

describe('a confirm', () => {
  it('of a close has its profit', () => {
    const { outcome, dateMs } = decodeConfirm(CONFIRM)
    expect(dateMs).toBe(Date.UTC(2024, 5, 14, 23, 47, 19, 880))
    expect(outcome).toMatchObject({ kind: 'accepted', status: 'closed', affected: [{ status: 'fully-closed' }] })
    if (outcome.kind === 'accepted') expect(outcome.profit?.toFixed()).toBe('8.4')
  })

  it('of a refusal has its reason', () => {
    const rejected = {
      ...CONFIRM,
      status: null,
      dealStatus: 'REJECTED',
      reason: 'ATTACHED_ORDER_LEVEL_ERROR',
      level: null,
    }
    expect(decodeConfirm(rejected).outcome).toEqual({ kind: 'rejected', reason: 'ATTACHED_ORDER_LEVEL_ERROR' })
  })

  it('does not lose its outcome to a strange date', () => {
    expect(decodeConfirm({ ...CONFIRM, date: 'yesterday' })).toMatchObject({
      dateMs: null,
      outcome: { kind: 'accepted' },
    })
  })

  it('has its legs by level, by distance, or both', () => {
    const legs = { stopLevel: 1.08, stopDistance: '8', limitDistance: 12.5, guaranteedStop: true, trailingStop: 'true' }
    const { outcome } = decodeConfirm({ ...CONFIRM, ...legs, status: 'OPEN' })
    expect(outcome).toMatchObject({
      status: 'open',
      expiry: '-',
      limitLevel: null,
      isGuaranteed: true,
      isTrailing: true,
    })
    if (outcome.kind !== 'accepted') return
    const digits = [outcome.stopLevel, outcome.stopDistancePoints, outcome.limitDistancePoints].map(leg =>
      leg?.toFixed(),
    )
    expect(digits).toEqual(['1.08', '8', '12.5'])
  })

  it.each([
    ['level', 'n/a', { level: null }],
    ['size', {}, { size: null }],
    ['stopLevel', 'near', { stopLevel: null }],
    ['profit', 'much', { profit: null }],
    ['profitCurrency', 978, { profitCurrency: null }],
    ['status', 7, { status: { other: '' } }],
    ['guaranteedStop', 'perhaps', { isGuaranteed: false }],
    ['expiry', null, { expiry: null }],
    ['affectedDeals', null, { affected: [] }],
    ['affectedDeals', 'all', { affected: [] }],
    [
      'affectedDeals',
      [{ dealId: null }, { dealId: 'D2', status: 'MERGED' }],
      { affected: [{ dealId: 'D2', status: { other: 'MERGED' } }] },
    ],
  ])('does not lose its outcome to a strange %s: %o', (field, value, expected) => {
    const { outcome } = decodeConfirm({ ...CONFIRM, [field]: value })
    expect(outcome).toMatchObject({ kind: 'accepted', ...expected })
  })

  it.each([
    ['dealStatus', 'PENDING'],
    ['dealStatus', null],
    ['dealReference', null],
    ['dealId', null],
    ['direction', 'LONG'],
  ])('whose %s is %o is none, because a guess could be a deal that is not there', (field, value) => {
    expect(pathOfError(() => decodeConfirm({ ...CONFIRM, [field]: value }))).toBe(field)
  })

  it.each(['', null, undefined])('whose epic is %o has none: its reference says what it is about', value => {
    expect(decodeConfirm({ ...CONFIRM, epic: value })).toMatchObject({ epic: null, outcome: { kind: 'accepted' } })
  })

  it('of a refusal without a reason has an unknown one', () => {
    const refused = { ...CONFIRM, dealStatus: 'REJECTED', reason: null }
    expect(decodeConfirm(refused).outcome).toEqual({ kind: 'rejected', reason: 'UNKNOWN' })
  })
})
