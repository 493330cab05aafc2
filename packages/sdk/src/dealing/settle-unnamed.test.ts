import { Decimal } from 'decimal.js'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Activity } from '../activity.ts'
import type { AmendRequest, AmendWorkingOrderRequest, CancelOrderRequest, CloseRequest } from '../deal-request.ts'
import { dealId, dealReference } from '../ids.ts'
import type { Position } from '../position.ts'
import { aConfirm, anActivity, aPosition, aWorkingOrder, EURUSD } from '../testing/dealt.ts'
import { passTime } from '../testing/passing-time.ts'
import { ACCOUNT, LOST, ScriptedAsking, SENT_AT_MS } from '../testing/scripted-asking.ts'
import { EVIDENCE_WITHIN_MS } from './settle-pace.ts'

// IG makes the reference of these requests, and the answer that would have told it was lost.

const HOUR_MS = 3_600_000
const DEAL = dealId('DI1')
const asked = { sentAtMs: SENT_AT_MS, accountId: ACCOUNT, lane: 'exit', reference: null, dealId: DEAL } as const
const close: CloseRequest = { ...asked, kind: 'close', epic: null, direction: 'SELL', size: '1' }
const cancel: CancelOrderRequest = { ...asked, kind: 'cancel-order' }

let asking: ScriptedAsking

beforeEach(() => {
  asking = new ScriptedAsking()
})

describe('a close whose answer was lost', () => {
  const closed = (details = {}, change = {}) =>
    anActivity('position-closed', 'DI1', {
      atMs: SENT_AT_MS,
      ...change,
      details: { direction: 'SELL', ...details },
    })

  it('is accepted when the history shows it and the position is gone', async () => {
    asking.answers.activity = [closed({ dealReference: dealReference('IGMADE') })]
    const end = await asking.endIn(1_000, close)
    expect(end).toMatchObject({
      kind: 'accepted',
      evidence: 'activity',
      dealIds: ['DI1'],
      reference: 'IGMADE',
      confirm: null,
    })
  })

  it('has its confirm where that is still to be had', async () => {
    asking.answers.activity = [closed({ dealReference: dealReference('IGMADE') })]
    asking.answers.confirm = aConfirm('IGMADE', 'DI1', { status: 'closed', level: new Decimal('1.09') })
    const end = await asking.endIn(1_000, close)
    expect(end.kind === 'accepted' && [end.confirm, end.level?.toFixed()]).toEqual([asking.answers.confirm, '1.09'])
  })

  it('waits for the position to go', async () => {
    asking.answers.activity = [closed()]
    asking.answers.positions = [aPosition('DI1', null)]
    const settling = asking.settle({ ...LOST, request: close })
    await passTime(asking.clock, 3_000)
    asking.answers.positions = []
    expect(await asking.endOf(settling, 10_000)).toMatchObject({ kind: 'accepted' })
  })

  it.each<readonly [title: string, before: number | null, left: number | null, kind: string]>([
    ['is accepted where as much is gone as it closed', 2, 1, 'accepted'],
    ['is unknown where nothing is gone', 2, 2, 'unknown'],
    ['is unknown where the whole is gone', 2, null, 'unknown'],
    ['is unknown where nobody knows how much was held', null, 1, 'unknown'],
  ])('of a part %s', async (_title, before, left, kind) => {
    const held = (size: number | null) => (size === null ? [] : [aPosition('DI1', null, { size: new Decimal(size) })])
    asking.register.sizes.note(held(before), { askedAtMs: SENT_AT_MS - 60_000, heardAtMs: SENT_AT_MS - 60_000 })
    asking.answers.activity = [anActivity('position-partially-closed', 'DI1', { atMs: SENT_AT_MS })]
    asking.answers.positions = held(left)
    expect(await asking.endIn(EVIDENCE_WITHIN_MS + 1_000, close)).toMatchObject({ kind })
  })

  it('of a part is unknown where another close of ours came after the list', async () => {
    const held = [aPosition('DI1', null, { size: new Decimal(3) })]
    asking.register.sizes.note(held, { askedAtMs: SENT_AT_MS - 60_000, heardAtMs: SENT_AT_MS - 60_000 })
    asking.register.note({ ...close, reference: dealReference('IGOTHER'), sentAtMs: SENT_AT_MS - 30_000 })
    asking.answers.activity = [anActivity('position-partially-closed', 'DI1', { atMs: SENT_AT_MS })]
    asking.answers.positions = [aPosition('DI1', null, { size: new Decimal(2) })]
    expect(await asking.endIn(EVIDENCE_WITHIN_MS + 1_000, close)).toMatchObject({ kind: 'unknown' })
  })

  it.each<readonly [title: string, activity: readonly Activity[]]>([
    ['the position is gone, and nobody says why', []],
    ['its stop closed the position', [closed({}, { channel: 'system' })]],
    ['it was closed on IG’s own platform', [closed({}, { channel: 'web' })]],
    ['what closed it came before', [closed({}, { atMs: SENT_AT_MS - 10_000 })]],
    ['what closed it has no time', [closed({}, { atMs: null })]],
    ['what closed it had another size', [closed({ size: new Decimal(2) })]],
    ['another position was closed', [anActivity('position-closed', 'DI2', { atMs: SENT_AT_MS })]],
    ['a close was refused', [closed({}, { status: 'rejected' })]],
    ['two could be it', [closed(), closed()]],
    ['what closed it came long after', [closed({}, { atMs: SENT_AT_MS + EVIDENCE_WITHIN_MS + 1_000 })]],
    ['the history is dated ahead of our clock', [closed(), anActivity(null, null, { atMs: SENT_AT_MS + 8 * HOUR_MS })]],
  ])('is unknown where %s', async (_title, activity) => {
    asking.answers.activity = activity
    expect(await asking.endIn(EVIDENCE_WITHIN_MS + 1_000, close)).toMatchObject({ kind: 'unknown' })
  })

  it('is unknown where the history shows another request of ours', async () => {
    asking.register.note({ ...close, reference: dealReference('IGMADE'), sentAtMs: SENT_AT_MS - 500 })
    asking.answers.activity = [closed({ dealReference: dealReference('IGMADE') })]
    expect(await asking.endIn(EVIDENCE_WITHIN_MS + 1_000, close)).toMatchObject({ kind: 'unknown' })
  })

  it('is unknown where two closes of the position were lost, because one trace does not say whose it is', async () => {
    asking.register.note(close)
    asking.register.note({ ...close, sentAtMs: SENT_AT_MS + 100 })
    asking.answers.activity = [closed()]
    expect(await asking.endIn(EVIDENCE_WITHIN_MS + 1_000, close)).toMatchObject({ kind: 'unknown' })
  })

  it('is unknown where the clock is slow, and an earlier close looks as if it came after', async () => {
    asking.answers.activity = [closed({}, { atMs: SENT_AT_MS + 10_000 })]
    expect(await asking.endIn(EVIDENCE_WITHIN_MS + 1_000, close)).toMatchObject({ kind: 'unknown' })
  })

  it('is unknown where the history showed the row before it was sent', async () => {
    asking.answers.activity = [closed()]
    asking.register.activity.note(asking.answers.activity, SENT_AT_MS - 500)
    expect(await asking.endIn(EVIDENCE_WITHIN_MS + 1_000, close)).toMatchObject({ kind: 'unknown' })
  })

  it('is unknown where the row was another’s already', async () => {
    const row = closed()
    asking.register.activity.note([row], SENT_AT_MS + 100)
    asking.register.activity.claim(row, { ...close, sentAtMs: SENT_AT_MS - 400 })
    asking.answers.activity = [row]
    expect(await asking.endIn(EVIDENCE_WITHIN_MS + 1_000, close)).toMatchObject({ kind: 'unknown' })
  })

  it('does not share its row with another of the journal, be they settled together or one after the other', async () => {
    const other = { ...close, sentAtMs: SENT_AT_MS + 400 }
    asking.answers.activity = [closed({ dealReference: dealReference('IGMADE') }, { atMs: SENT_AT_MS + 1_000 })]
    const first = await asking.endIn(EVIDENCE_WITHIN_MS + 1_000, close)
    const second = await asking.endIn(EVIDENCE_WITHIN_MS + 1_000, other)
    expect([first.kind, second.kind]).toEqual(['accepted', 'unknown'])
    expect((await asking.endIn(EVIDENCE_WITHIN_MS + 1_000, { ...close })).kind).toBe('accepted')

    asking = new ScriptedAsking()
    asking.answers.activity = [closed({}, { atMs: SENT_AT_MS + 1_000 })]
    const together = [asking.settle(close), asking.settle(other)]
    await passTime(asking.clock, EVIDENCE_WITHIN_MS + 1_000)
    expect((await Promise.all(together)).map(({ kind }) => kind)).toEqual(['unknown', 'unknown'])
  })

  it('by market is known by its market, direction and size', async () => {
    const byMarket = { ...close, dealId: null, epic: EURUSD }
    asking.answers.activity = [closed()]
    expect(await asking.endIn(1_000, byMarket)).toMatchObject({ kind: 'accepted', dealIds: ['DI1'] })
  })
})

describe('other requests without an answer', () => {
  const stopLevel = new Decimal('1.08')
  const amend: AmendRequest = { ...asked, kind: 'amend', stopLevel: '1.080', limitLevel: null }
  const amended = (stop: string) =>
    anActivity('stop-limit-amended', 'DI1', { atMs: SENT_AT_MS, details: { stopLevel: new Decimal(stop) } })

  it('an amendment is known by its levels, once the position has them', async () => {
    asking.answers.activity = [amended('1.07')]
    asking.answers.positions = [aPosition('DI1', null, { stopLevel: new Decimal('1.07') })]
    const settling = asking.settle({ ...LOST, request: amend })
    await passTime(asking.clock, 2_000)
    asking.answers.activity = [amended('1.08'), amended('1.07')]
    await passTime(asking.clock, 4_000)
    asking.answers.positions = [aPosition('DI1', null, { stopLevel })]
    expect(await asking.endOf(settling, 20_000)).toMatchObject({
      kind: 'accepted',
      evidence: 'activity',
      dealIds: ['DI1'],
    })
  })

  it.each<readonly [title: string, positions: readonly Position[]]>([
    ['has another stop', [aPosition('DI1', null, { stopLevel: new Decimal('1.09') })]],
    ['has a limit', [aPosition('DI1', null, { stopLevel, limitLevel: stopLevel })]],
    ['is gone', []],
  ])('an amendment is unknown where the position %s', async (_title, positions) => {
    asking.answers.activity = [amended('1.08')]
    asking.answers.positions = positions
    expect(await asking.endIn(EVIDENCE_WITHIN_MS + 1_000, amend)).toMatchObject({ kind: 'unknown' })
  })

  it('a change of a working order is known by its level, once the order has it', async () => {
    const request: AmendWorkingOrderRequest = { ...asked, kind: 'amend-order', level: '1.04' }
    const details = { level: new Decimal('1.04') }
    asking.answers.activity = [anActivity('limit-order-amended', 'DI1', { atMs: SENT_AT_MS, details })]
    asking.answers.orders = [aWorkingOrder('DI1')]
    const settling = asking.settle({ ...LOST, request })
    await passTime(asking.clock, 2_000)
    asking.answers.orders = [aWorkingOrder('DI1', details)]
    expect(await asking.endOf(settling, 10_000)).toMatchObject({ kind: 'accepted' })
  })

  it('a cancellation is known when the order no longer rests', async () => {
    asking.answers.activity = [anActivity('working-order-deleted', 'DI1', { atMs: SENT_AT_MS })]
    asking.answers.orders = [aWorkingOrder('DI1')]
    const settling = asking.settle({ ...LOST, request: cancel })
    await passTime(asking.clock, 3_000)
    asking.answers.orders = []
    expect(await asking.endOf(settling, 10_000)).toMatchObject({ kind: 'accepted', dealIds: ['DI1'] })
  })
})
