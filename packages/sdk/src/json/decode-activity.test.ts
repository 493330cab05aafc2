import { describe, expect, it } from 'vitest'
import { UTC } from '../account-zone.ts'
import { decodeActivity, decodeActivityRecord } from './decode-activity.ts'
import { JsonNode } from './json-node.ts'

// Shapes: IG Labs, REST API reference, "Accounts", GET /history/activity; figures are made up.
const ACTIVITY = {
  date: '2024-07-02T08:15:42',
  epic: 'IX.D.DAX.IFMM.IP',
  period: '-',
  dealId: 'DIAAAAQ4T7ZB2XA',
  channel: 'PUBLIC_WEB_API',
  type: 'POSITION',
  status: 'ACCEPTED',
  description: 'Position/en partiellement fermée(s): W81KPM3C',
  details: {
    dealReference: 'desk-20240702-0031',
    actions: [{ actionType: 'POSITION_PARTIALLY_CLOSED', affectedDealId: 'DIAAAAQW81KPM3C' }],
    marketName: 'Allemagne 40 au comptant (1€)',
    goodTillDate: null,
    currency: 'EUR',
    size: 0.5,
    direction: 'SELL',
    level: 18237.3,
    stopLevel: null,
    stopDistance: null,
    guaranteedStop: true,
    trailingStopDistance: 20,
    trailingStep: 5,
    limitLevel: null,
    limitDistance: '12.5',
  },
}

describe('an activity', () => {
  it('is read with its details', () => {
    expect(plain(activity(ACTIVITY))).toEqual({
      atMs: Date.UTC(2024, 6, 2, 8, 15, 42),
      dateText: '2024-07-02T08:15:42',
      epic: 'IX.D.DAX.IFMM.IP',
      period: '-',
      dealId: 'DIAAAAQ4T7ZB2XA',
      channel: 'public-web-api',
      type: 'position',
      status: 'accepted',
      description: 'Position/en partiellement fermée(s): W81KPM3C',
      details: {
        dealReference: 'desk-20240702-0031',
        actions: [{ type: 'position-partially-closed', affectedDealId: 'DIAAAAQW81KPM3C' }],
        marketName: 'Allemagne 40 au comptant (1€)',
        goodTillDate: null,
        currency: 'EUR',
        size: '0.5',
        direction: 'SELL',
        level: '18237.3',
        stopLevel: null,
        stopDistance: null,
        isGuaranteed: true,
        trailingStopDistance: '20',
        trailingStep: '5',
        limitLevel: null,
        limitDistance: '12.5',
      },
    })
  })

  it('has no details where IG gave none', () => {
    expect(activity({ ...ACTIVITY, details: null }).details).toBeNull()
  })

  it('has its instant by the zone in which its date is', () => {
    expect(decodeActivity(new JsonNode(ACTIVITY, ''), 'Europe/Paris').atMs).toBe(Date.UTC(2024, 6, 2, 6, 15, 42))
  })

  it('keeps words that are new', () => {
    const details = { ...ACTIVITY.details, actions: [{ actionType: 'POSITION_SPLIT', affectedDealId: null }] }
    const read = activity({ ...ACTIVITY, channel: 'WATCH', type: 'ALERT', status: 'PENDING', details })
    expect(read).toMatchObject({ channel: { other: 'WATCH' }, type: { other: 'ALERT' }, status: { other: 'PENDING' } })
    expect(read.details?.actions).toEqual([{ type: { other: 'POSITION_SPLIT' }, affectedDealId: null }])
  })

  it('loses only what is odd in it', () => {
    const details = { ...ACTIVITY.details, actions: 'none', direction: 'UP', size: 'n/a', guaranteedStop: null }
    const read = activity({ ...ACTIVITY, date: 'yesterday', epic: '?', channel: null, details })
    expect(read).toMatchObject({ atMs: null, dateText: 'yesterday', epic: null, channel: { other: '' } })
    expect(read.details).toMatchObject({
      dealReference: 'desk-20240702-0031',
      actions: [],
      direction: null,
      size: null,
      isGuaranteed: null,
    })
  })
})

// Version 1.
const RECORD = {
  epic: 'IX.D.DAX.IFMM.IP',
  dealId: 'DIAAAAQ4T7ZB2XA',
  activityHistoryId: '0004417730',
  date: '02/07/24',
  time: '10:15',
  activity: 'S&L',
  marketName: 'Germany 40',
  period: 'SEP-24',
  result: 'Position opened: W81KPM3C',
  channel: 'Web',
  currency: 'E',
  size: '-0.50',
  level: '18237.3',
  stop: '-',
  limit: '18200',
  stopType: 'T(50)',
  actionStatus: 'ACCEPT',
}

describe('an activity in the older form', () => {
  it('is read in local time, to the minute', () => {
    expect(plain(decodeActivityRecord(new JsonNode(RECORD, ''), 'Europe/Paris'))).toEqual({
      atMs: Date.UTC(2024, 6, 2, 8, 15),
      dateText: '02/07/24 10:15',
      historyId: '0004417730',
      epic: 'IX.D.DAX.IFMM.IP',
      dealId: 'DIAAAAQ4T7ZB2XA',
      activity: 'S&L',
      marketName: 'Germany 40',
      period: 'SEP-24',
      result: 'Position opened: W81KPM3C',
      channel: 'Web',
      currencySymbol: 'E',
      size: '-0.5',
      level: '18237.3',
      stop: null,
      limit: '18200',
      stopType: { trailing: '50' },
      status: 'accepted',
    })
  })

  it('of version 2 has one date', () => {
    const { time, ...record } = RECORD
    const read = decodeActivityRecord(new JsonNode({ ...record, date: '2024-07-02T08:15:42' }, ''), UTC)
    expect(read).toMatchObject({ atMs: Date.UTC(2024, 6, 2, 8, 15, 42), dateText: '2024-07-02T08:15:42' })
  })

  it.each([
    ['G', 'guaranteed'],
    ['N', 'not-guaranteed'],
    ['-', null],
    [null, null],
    ['T(x)', { other: 'T(x)' }],
    ['Z', { other: 'Z' }],
  ])('has with %s the stop type %o', (stopType, expected) => {
    expect(decodeActivityRecord(new JsonNode({ ...RECORD, stopType }, ''), UTC).stopType).toEqual(expected)
  })

  it.each([
    ['REJECT', 'rejected'],
    ['MANUAL', 'manual'],
    ['NOT_SET', 'not-set'],
    ['LATER', { other: 'LATER' }],
  ])('has with %s the status %o', (actionStatus, expected) => {
    expect(decodeActivityRecord(new JsonNode({ ...RECORD, actionStatus }, ''), UTC).status).toEqual(expected)
  })
})

function activity(row: unknown) {
  return decodeActivity(new JsonNode(row, 'activities[0]'), UTC)
}

/** Decimals as text. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}
