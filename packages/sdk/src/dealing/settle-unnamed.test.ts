import { Decimal } from 'decimal.js'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Activity } from '../activity.ts'
import type { CancelOrderRequest, CloseRequest } from '../deal-request.ts'
import { dealId, dealReference } from '../ids.ts'
import { aConfirm, anActivity, aPosition, aWorkingOrder, EURUSD } from '../testing/dealt.ts'
import { passTime } from '../testing/passing-time.ts'
import { LOST, ScriptedAsking, SENT_AT_MS } from '../testing/scripted-asking.ts'
import { EVIDENCE_WITHIN_MS } from './settle-pace.ts'

// IG makes the reference of these requests, and the answer that would have told it was lost.

const DEAL = dealId('DI1')
const asked = { sentAtMs: SENT_AT_MS, lane: 'exit', reference: null, dealId: DEAL } as const
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

  it('may have closed a part', async () => {
    asking.answers.activity = [anActivity('position-partially-closed', 'DI1', { atMs: SENT_AT_MS })]
    asking.answers.positions = [aPosition('DI1', null)]
    expect(await asking.endIn(1_000, close)).toMatchObject({ kind: 'accepted', dealIds: ['DI1'] })
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

  it('by market is known by its market, direction and size', async () => {
    const byMarket = { ...close, dealId: null, epic: EURUSD }
    asking.answers.activity = [closed()]
    expect(await asking.endIn(1_000, byMarket)).toMatchObject({ kind: 'accepted', dealIds: ['DI1'] })
  })
})

describe('other requests without an answer', () => {
  it('an amendment is known by its levels', async () => {
    const request = {
      ...asked,
      kind: 'amend',
      reference: null,
      dealId: DEAL,
      stopLevel: '1.080',
      limitLevel: null,
    } as const
    const amended = (stop: string) =>
      anActivity('stop-limit-amended', 'DI1', { atMs: SENT_AT_MS, details: { stopLevel: new Decimal(stop) } })
    asking.answers.activity = [amended('1.07')]
    const settling = asking.settle({ ...LOST, request })
    await passTime(asking.clock, 2_000)
    asking.answers.activity = [amended('1.08'), amended('1.07')]
    expect(await asking.endOf(settling, 10_000)).toMatchObject({
      kind: 'accepted',
      evidence: 'activity',
      dealIds: ['DI1'],
    })
  })

  it('a change of a working order is known by its level', async () => {
    const request = { ...asked, kind: 'amend-order', reference: null, dealId: DEAL, level: '1.04' } as const
    const details = { level: new Decimal('1.04') }
    asking.answers.activity = [anActivity('limit-order-amended', 'DI1', { atMs: SENT_AT_MS, details })]
    expect(await asking.endIn(1_000, request)).toMatchObject({ kind: 'accepted' })
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
