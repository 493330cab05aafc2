import { describe, expect, it } from 'vitest'
import { fakeRow } from '../testing/fake-row.ts'
import { readTradeEvents, TRADE_FIELDS } from './trade-reader.ts'

const row = (values: Partial<Record<(typeof TRADE_FIELDS)[number], string | null>>) => fakeRow(TRADE_FIELDS, values)

const CONFIRM = {
  dealReference: 'REF-1',
  dealId: 'DIAAAA1',
  dealStatus: 'ACCEPTED',
  status: 'OPEN',
  epic: 'CS.D.EURUSD.CFD.IP',
  direction: 'BUY',
  size: '0.5',
  level: 1.08501,
}

describe('events of a trade row', () => {
  it('come from the fields that changed, and only from those', () => {
    const text = JSON.stringify(CONFIRM)
    expect(readTradeEvents(row({ CONFIRMS: text })).map(event => event.kind)).toEqual(['confirm'])
    expect(readTradeEvents(row({ CONFIRMS: null, OPU: null }))).toEqual([])
    expect(readTradeEvents(row({}))).toEqual([])
  })

  it('numbers may be text, and keys may be missing', () => {
    const [event] = readTradeEvents(row({ CONFIRMS: JSON.stringify(CONFIRM) }))
    if (event?.kind !== 'confirm' || event.confirm.outcome.kind !== 'accepted')
      throw new Error('expected an accepted confirm')
    expect(event.confirm).toMatchObject({ reference: 'REF-1', dealId: 'DIAAAA1', direction: 'BUY', dateMs: null })
    expect(event.confirm.outcome.size?.toFixed()).toBe('0.5')
    expect(event.confirm.outcome.stopLevel).toBeNull()
    expect(event.confirm.outcome.affected).toEqual([])
  })

  it('a level that is no number costs the level, not the news that there is a deal', () => {
    const [event] = readTradeEvents(row({ CONFIRMS: JSON.stringify({ ...CONFIRM, level: 'abc' }) }))
    expect(event).toMatchObject({ kind: 'confirm', confirm: { outcome: { kind: 'accepted', level: null } } })
  })

  it('a position update without legs has none', () => {
    const text = JSON.stringify({ ...CONFIRM, status: 'UPDATED', timestamp: '2024-01-15T10:30:00.000' })
    const [event] = readTradeEvents(row({ OPU: text }))
    expect(event).toMatchObject({
      kind: 'position',
      update: { status: 'updated', stopLevel: null, reference: 'REF-1' },
    })
  })

  it('a working order may have a status of its own', () => {
    const [event] = readTradeEvents(row({ WOU: JSON.stringify({ ...CONFIRM, status: 'ROLLED' }) }))
    expect(event).toMatchObject({ kind: 'working-order', update: { status: { other: 'ROLLED' } } })
  })

  it.each([
    ['cut JSON', '{"dealId":', 'CONFIRMS'],
    ['a list', '[]', 'CONFIRMS'],
    ['no direction', JSON.stringify({ ...CONFIRM, direction: undefined }), 'CONFIRMS.direction'],
    [
      'neither accepted nor rejected',
      JSON.stringify({ ...CONFIRM, dealStatus: 'FUND_ACCOUNT' }),
      'CONFIRMS.dealStatus',
    ],
    ['no deal id', JSON.stringify({ ...CONFIRM, dealId: null }), 'CONFIRMS.dealId'],
  ])('%s is told as unreadable, with its place', (_title, text, path) => {
    const [event] = readTradeEvents(row({ CONFIRMS: text }))
    expect(event).toMatchObject({ kind: 'unreadable', error: { code: 'decode', path } })
  })
})
