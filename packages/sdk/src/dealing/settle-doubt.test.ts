import { Decimal } from 'decimal.js'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Activity } from '../activity.ts'
import type {
  AmendRequest,
  AmendWorkingOrderRequest,
  CancelOrderRequest,
  CloseRequest,
  OpenRequest,
  PlaceOrderRequest,
} from '../deal-request.ts'
import { TransportError } from '../errors.ts'
import { dealId, dealReference } from '../ids.ts'
import type { Position } from '../position.ts'
import type { Submission } from '../submission.ts'
import { aConfirm, anActivity, aPosition, aRejection, aWorkingOrder, EURUSD } from '../testing/dealt.ts'
import { passTime } from '../testing/passing-time.ts'
import { ACCOUNT, ScriptedAsking, SENT_AT_MS } from '../testing/scripted-asking.ts'
import type { WorkingOrder } from '../working-order.ts'
import { EVIDENCE_WITHIN_MS, LIST_LAG_MS } from './settle-pace.ts'

// IG was seen to reject what it had dealt: such a word is believed when the lists agree with it.

const REF = dealReference('REF-1')
const asked = { sentAtMs: SENT_AT_MS, accountId: ACCOUNT, lane: 'entry' } as const
const open: OpenRequest = { ...asked, kind: 'open', reference: REF, epic: EURUSD, direction: 'BUY', size: '1' }
const place: PlaceOrderRequest = { ...open, kind: 'place-order', level: '1.05', lane: 'edit' }
const byIg = {
  sentAtMs: SENT_AT_MS,
  accountId: ACCOUNT,
  lane: 'exit',
  reference: dealReference('IGMADE'),
  dealId: dealId('DI1'),
} as const
const close: CloseRequest = { ...byIg, kind: 'close', epic: null, direction: 'SELL', size: '1' }
const amend: AmendRequest = { ...byIg, kind: 'amend', stopLevel: '1.05', limitLevel: null }
const amendOrder: AmendWorkingOrderRequest = { ...byIg, kind: 'amend-order', level: '1.05' }
const level = new Decimal('1.06')
const trailingStop = { distancePoints: new Decimal(20), stepPoints: new Decimal(1) }
const cancel: CancelOrderRequest = { ...byIg, kind: 'cancel-order' }
const TAKEN: Submission = { kind: 'acknowledged', reference: REF, acknowledgedAtMs: 0 }

let asking: ScriptedAsking

beforeEach(() => {
  asking = new ScriptedAsking()
})

describe('a rejection that may be wrong', () => {
  it.each(['UNKNOWN', 'GENERAL_ERROR', 'SUCCESS', 'DUPLICATE_ORDER_ERROR', 'CONFLICTING_ORDER'])(
    '(%s) is not believed when the position is there',
    async reason => {
      asking.answers.confirm = aRejection('REF-1', reason)
      asking.answers.positions = [aPosition('DI3', 'REF-1')]
      expect(await asking.endIn(0, open, TAKEN)).toMatchObject({
        kind: 'accepted',
        evidence: 'position',
        dealIds: ['DI3'],
      })
    },
  )

  it('is not believed before the lists have had their time', async () => {
    asking.answers.confirm = aRejection('REF-1', 'UNKNOWN')
    const settling = asking.settle({ ...TAKEN, request: open })
    await passTime(asking.clock, LIST_LAG_MS - 500)
    asking.answers.positions = [aPosition('DI3', 'REF-1')]
    expect(await asking.endOf(settling, 1_000)).toMatchObject({ kind: 'accepted', evidence: 'position' })
  })

  it('is believed when the lists agree after that time', async () => {
    asking.answers.confirm = aRejection('REF-1', 'UNKNOWN')
    const end = await asking.endIn(LIST_LAG_MS + 500, open, TAKEN)
    expect(end).toMatchObject({ kind: 'rejected', reason: 'UNKNOWN', stage: 'dealing' })
    expect(end.atMs).toBeGreaterThanOrEqual(LIST_LAG_MS)
  })

  it('is unknown when the lists cannot be read', async () => {
    asking.answers.confirm = aRejection('REF-1', 'UNKNOWN')
    asking.answers.activity = new TransportError('timeout', 'no')
    expect(await asking.endIn(EVIDENCE_WITHIN_MS + 1_000, open, TAKEN)).toMatchObject({ kind: 'unknown' })
  })

  it('gives way to a streamed confirm that says accepted', async () => {
    asking.answers.confirm = aRejection('REF-1', 'UNKNOWN')
    const settling = asking.settle({ ...TAKEN, request: open })
    await passTime(asking.clock, 700)
    asking.inbox.note(aConfirm('REF-1', 'DI1'))
    expect(await asking.endOf(settling, 0)).toMatchObject({ kind: 'accepted', evidence: 'confirm' })
  })

  it('of a working order is not believed when its deal id rests in the market', async () => {
    asking.answers.confirm = aRejection('REF-1', 'UNKNOWN', 'DI9')
    asking.answers.orders = [aWorkingOrder('DI8'), aWorkingOrder('DI9')]
    expect(await asking.endIn(0, place, TAKEN)).toMatchObject({ evidence: 'working-order', dealIds: ['DI9'] })
  })

  describe('of a close', () => {
    const refused = anActivity(null, null, { status: 'rejected', details: { dealReference: byIg.reference } })
    const two = [aPosition('DI1', 'REF-1', { size: new Decimal(2) })]
    const one = [aPosition('DI1', 'REF-1')]

    it.each<readonly [title: string, before: typeof two, now: typeof two, activity: readonly Activity[], kind: string]>(
      [
        ['is believed where as much is held as before', two, two, [], 'rejected'],
        ['is unknown where less is held than before', two, one, [refused], 'unknown'],
        ['is unknown where nobody knows how much was held before', [], one, [], 'unknown'],
        ['is believed where the history has its refusal, and the position is held', [], one, [refused], 'rejected'],
        ['is unknown where the position is gone', two, [], [refused], 'unknown'],
      ],
    )('%s', async (_title, before, now, activity, kind) => {
      asking.register.sizes.note(before, { askedAtMs: SENT_AT_MS - 60_000, heardAtMs: SENT_AT_MS - 60_000 })
      asking.answers.confirm = aRejection('IGMADE', 'UNKNOWN')
      asking.answers.positions = now
      asking.answers.activity = activity
      expect(await asking.endIn(EVIDENCE_WITHIN_MS + 1_000, close)).toMatchObject({ kind })
    })

    it.each<readonly [title: string, now: typeof two, activity: readonly Activity[], kind: string]>([
      ['is unknown where nothing is held', [], [refused], 'unknown'],
      ['is unknown where something is held', one, [], 'unknown'],
      ['is believed where the history has its refusal, and something is held', one, [refused], 'rejected'],
    ])('by market %s', async (_title, now, activity, kind) => {
      asking.answers.confirm = aRejection('IGMADE', 'UNKNOWN')
      asking.answers.positions = now
      asking.answers.activity = activity
      const byMarket = { ...close, dealId: null, epic: EURUSD }
      expect(await asking.endIn(EVIDENCE_WITHIN_MS + 1_000, byMarket)).toMatchObject({ kind })
    })
  })

  it.each<readonly [title: string, positions: readonly Position[], kind: string]>([
    ['is believed where the position has another stop', [aPosition('DI1', null)], 'rejected'],
    ['is unknown where it has the levels', [aPosition('DI1', null, { stopLevel: new Decimal('1.05') })], 'unknown'],
    ['is unknown where its stop has trailed', [aPosition('DI1', null, { stopLevel: level, trailingStop })], 'unknown'],
    ['is unknown where it is gone', [], 'unknown'],
  ])('of an amendment %s', async (_title, positions, kind) => {
    asking.answers.confirm = aRejection('IGMADE', 'UNKNOWN')
    asking.answers.positions = positions
    expect(await asking.endIn(EVIDENCE_WITHIN_MS + 1_000, amend)).toMatchObject({ kind })
  })

  it.each<readonly [title: string, orders: readonly WorkingOrder[], kind: string]>([
    ['is believed where it has another level', [aWorkingOrder('DI1', { level })], 'rejected'],
    ['is unknown where it has the level', [aWorkingOrder('DI1')], 'unknown'],
    ['is unknown where its level cannot be read', [aWorkingOrder('DI1', { level: null })], 'unknown'],
    ['is unknown where it rests no more', [], 'unknown'],
  ])('of a change of a working order %s', async (_title, orders, kind) => {
    asking.answers.confirm = aRejection('IGMADE', 'UNKNOWN')
    asking.answers.orders = orders
    expect(await asking.endIn(EVIDENCE_WITHIN_MS + 1_000, amendOrder)).toMatchObject({ kind })
  })

  it('in the history alone counts as one that may be wrong, too', async () => {
    const refused = { status: 'rejected', description: 'Position rejected', details: { dealReference: REF } } as const
    asking.answers.activity = [anActivity(null, null, refused)]
    const end = await asking.endIn(10_000, open)
    expect(end).toMatchObject({ kind: 'rejected', reason: 'Position rejected', confirm: null })
    expect(end.atMs).toBeGreaterThanOrEqual(LIST_LAG_MS)
  })

  it('a cancellation that IG rejects without a reason is believed while the order rests', async () => {
    asking.answers.confirm = aRejection('IGMADE', 'UNKNOWN')
    asking.answers.orders = [aWorkingOrder('DI1')]
    const end = await asking.endIn(6_000, cancel)
    expect(end).toMatchObject({ kind: 'rejected', reason: 'UNKNOWN' })
  })
})
