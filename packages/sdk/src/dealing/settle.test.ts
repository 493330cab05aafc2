import { Decimal } from 'decimal.js'
import { beforeEach, describe, expect, it } from 'vitest'
import type { DealRequest, OpenRequest, PlaceOrderRequest } from '../deal-request.ts'
import { AllowanceError, TransportError } from '../errors.ts'
import { accountId, dealId, dealReference } from '../ids.ts'
import type { Submission } from '../submission.ts'
import { aConfirm, anActivity, aPosition, aRejection, EURUSD } from '../testing/dealt.ts'
import { passTime, settled } from '../testing/passing-time.ts'
import { ACCOUNT, LOST, ScriptedAsking, SENT_AT_MS } from '../testing/scripted-asking.ts'
import { EVIDENCE_WITHIN_MS } from './settle-pace.ts'

const REF = dealReference('REF-1')
const asked = { sentAtMs: SENT_AT_MS, accountId: ACCOUNT, lane: 'entry' } as const
const open: OpenRequest = { ...asked, kind: 'open', reference: REF, epic: EURUSD, direction: 'BUY', size: '1' }
const place: PlaceOrderRequest = { ...open, kind: 'place-order', level: '1.05', lane: 'edit' }
const TAKEN: Submission = { kind: 'acknowledged', reference: REF, acknowledgedAtMs: 0 }

let asking: ScriptedAsking

beforeEach(() => {
  asking = new ScriptedAsking()
})

describe('what needs no asking', () => {
  it('is an order that was never sent, or refused at the door', async () => {
    const cause = new TransportError('not-connected', 'no')
    expect(await asking.settle({ kind: 'unsent', cause, request: open })).toEqual({
      kind: 'unsent',
      cause,
      request: open,
    })
    const refused = await asking.settle({ kind: 'rejected', code: 'x.y', httpStatus: 400, request: open })
    expect(refused).toEqual({ kind: 'rejected', reason: 'x.y', stage: 'request', confirm: null, request: open })
    expect(asking.reads).toEqual([])
  })

  it('is one whose confirm has been heard already', async () => {
    const confirm = aConfirm('REF-1', 'DI1')
    asking.inbox.note(confirm)
    const end = await asking.settle({ ...TAKEN, request: open })
    expect(end).toMatchObject({ kind: 'accepted', evidence: 'confirm', dealIds: ['DI1'], reference: REF })
    expect(end.kind === 'accepted' && end.confirm).toBe(confirm)
    expect(asking.reads).toEqual([])
  })
})

describe('the confirm', () => {
  it('is asked for at once, and then less and less often', async () => {
    const settling = asking.settle({ ...TAKEN, request: open })
    await passTime(asking.clock, 2_900, 10)
    const polls = asking.reads.map(read => Number(/\d+$/.exec(read)?.[0]))
    expect(asking.reads[0]).toBe('confirm at 0')
    expect(polls.length).toBeGreaterThanOrEqual(4)
    expect(polls.length).toBeLessThanOrEqual(6)
    const waits = polls.slice(1).map((at, index) => at - (polls[index] ?? 0))
    expect(waits[0]).toBeGreaterThanOrEqual(250)
    expect(waits).toEqual([...waits].sort((one, other) => one - other))
    asking.answers.confirm = aConfirm('REF-1', 'DI1')
    expect(await asking.endOf(settling, 5_000)).toMatchObject({ kind: 'accepted', evidence: 'confirm' })
  })

  it('is waited for a moment where the stream would tell it, which spends no read', async () => {
    asking.isHearing = true
    const settling = asking.settle({ ...TAKEN, request: open })
    await passTime(asking.clock, 150, 10)
    asking.inbox.note(aConfirm('REF-1', 'DI1'))
    expect(await asking.endOf(settling, 50)).toMatchObject({ kind: 'accepted', evidence: 'confirm' })
    expect(asking.reads).toEqual([])

    const silent = asking.settle({ ...TAKEN, request: { ...open, reference: dealReference('REF-2') } })
    await passTime(asking.clock, 600, 10)
    expect(asking.reads[0]).toMatch(/^confirm at /)
    asking.answers.confirm = aConfirm('REF-2', 'DI2')
    expect(await asking.endOf(silent, 5_000)).toMatchObject({ kind: 'accepted', dealIds: ['DI2'] })
  })

  it('is heard on the stream while a read of it hangs', async () => {
    asking.answers.confirm = 'hangs'
    const settling = asking.settle({ ...TAKEN, request: open })
    await passTime(asking.clock, 100, 10)
    asking.inbox.note(aConfirm('REF-1', 'DI1'))
    await settled()
    expect(await settling).toMatchObject({ kind: 'accepted', evidence: 'confirm' })
    expect(asking.clock.pending).toBe(0)
  })

  it('says why it was rejected, verbatim', async () => {
    asking.answers.confirm = aRejection('REF-1', 'INSUFFICIENT_FUNDS')
    const end = await asking.endIn(0, open, TAKEN)
    expect(end).toMatchObject({ kind: 'rejected', reason: 'INSUFFICIENT_FUNDS', stage: 'dealing', atMs: 0 })
    expect(end.kind === 'rejected' && end.confirm).toBe(asking.answers.confirm)
  })

  it('of another market is somebody else’s', async () => {
    asking.inbox.note({ ...aConfirm('REF-1', 'DI1'), direction: 'SELL' })
    const settling = asking.settle({ ...LOST, request: open })
    await passTime(asking.clock, 500)
    asking.answers.confirm = aConfirm('REF-1', 'DI2')
    expect(await asking.endOf(settling, 1_000)).toMatchObject({ kind: 'accepted', dealIds: ['DI2'] })
  })

  it('names every deal that was affected', async () => {
    const affected = [
      { dealId: dealId('DI7'), status: 'fully-closed' },
      { dealId: dealId('DI8'), status: 'partially-closed' },
    ] as const
    asking.answers.confirm = aConfirm('REF-1', 'DI7', { status: 'closed', affected })
    expect(await asking.endIn(0, open, TAKEN)).toMatchObject({ dealIds: ['DI7', 'DI8'] })
  })

  it('is asked for in the lane of the request, without standing long in line', async () => {
    asking.answers.confirm = aConfirm('REF-1', 'DI1')
    await asking.endIn(0, { ...open, lane: 'exit' })
    expect(asking.readOptions[0]).toMatchObject({ lane: 'exit', waitWithinMs: 5_000 })
    expect(asking.readOptions[0]?.signal?.aborted).toBe(true)
  })
})

describe('an order whose confirm does not come', () => {
  it('is found among the positions by its reference', async () => {
    asking.answers.positions = [aPosition('DI2', 'OTHER'), aPosition('DI3', 'REF-1', { size: new Decimal('0.5') })]
    const end = await asking.endIn(4_000, open)
    expect(end).toMatchObject({ kind: 'accepted', evidence: 'position', dealIds: ['DI3'], confirm: null })
    expect(end.kind === 'accepted' && [end.size?.toFixed(), end.level?.toFixed()]).toEqual(['0.5', '1.0842'])
  })

  it('is found in the activity where it is over already', async () => {
    asking.answers.activity = [anActivity('position-opened', 'DI3', { details: { dealReference: REF } })]
    expect(await asking.endIn(4_000, open)).toMatchObject({ kind: 'accepted', evidence: 'activity', dealIds: ['DI3'] })
  })

  it('is found in the activity while the positions cannot be read', async () => {
    asking.answers.positions = new TransportError('timeout', 'no')
    asking.answers.activity = [anActivity('position-opened', 'DI3', { details: { dealReference: REF } })]
    expect(await asking.endIn(4_000, open)).toMatchObject({ kind: 'accepted', evidence: 'activity' })
  })

  it('is found as a position where it was a working order that has filled', async () => {
    asking.answers.positions = [aPosition('DI3', 'REF-1')]
    expect(await asking.endIn(4_000, place)).toMatchObject({ kind: 'accepted', evidence: 'position', dealIds: ['DI3'] })
  })

  it('is unknown in the end, with all that was looked at, because not finding it proves nothing', async () => {
    asking.answers.orders = new Error('never asked')
    const end = await asking.endIn(EVIDENCE_WITHIN_MS + 1_000, open)
    expect(end).toMatchObject({ kind: 'unknown', cause: { code: 'timeout' } })
    expect(end.atMs).toBeGreaterThanOrEqual(EVIDENCE_WITHIN_MS)
    if (end.kind !== 'unknown') return
    const sources = new Set(end.looked.map(look => `${look.source} ${look.result}`))
    expect(sources).toEqual(new Set(['confirm nothing', 'position nothing', 'activity nothing']))
    const last = end.looked.at(-1)
    expect((last?.atMs ?? 0) - SENT_AT_MS).toBeGreaterThanOrEqual(EVIDENCE_WITHIN_MS)
    expect(asking.reads.length).toBeLessThanOrEqual(30)
  })

  it('is unknown in the end where nothing can be read, and the looks say so', async () => {
    asking.answers.confirm =
      asking.answers.positions =
      asking.answers.activity =
        new TransportError('not-connected', 'no')
    const end = await asking.endIn(EVIDENCE_WITHIN_MS + 1_000, open)
    expect(end.kind === 'unknown' && end.looked.every(look => look.result === 'failed')).toBe(true)
  })

  it('is unknown in the end where asking.reads never come back', async () => {
    asking.answers.confirm = 'hangs'
    const end = await asking.endIn(EVIDENCE_WITHIN_MS + 15_000, open)
    expect(end).toMatchObject({ kind: 'unknown' })
  })

  it('is not asked about while the allowance is used up', async () => {
    asking.answers.confirm = new AllowanceError(
      'error.public-api.exceeded-account-allowance',
      { method: 'GET', path: '/' },
      30_000,
    )
    const settling = asking.settle({ ...TAKEN, request: open })
    await passTime(asking.clock, 29_000)
    expect(asking.reads.filter(read => read.startsWith('confirm'))).toHaveLength(1)
    asking.answers.confirm = aConfirm('REF-1', 'DI1')
    expect(await asking.endOf(settling, 2_000)).toMatchObject({ kind: 'accepted' })
  })

  it('of long ago, from a journal, is looked for at once and not for long', async () => {
    const request: DealRequest = JSON.parse(JSON.stringify({ ...open, sentAtMs: SENT_AT_MS - 3_600_000 }))
    const lost = await asking.endOf(asking.settle(request), 11_000)
    expect(lost).toMatchObject({ kind: 'unknown', cause: { code: 'outcome-unknown' } })
    asking.answers.positions = [aPosition('DI3', 'REF-1')]
    const found = await asking.endOf(asking.settle(request), 500)
    expect(found).toMatchObject({ kind: 'accepted', evidence: 'position' })
  })

  it('is left unknown when the caller stops waiting', async () => {
    const stop = new AbortController()
    const settling = asking.settle({ ...LOST, request: open }, { signal: stop.signal })
    await passTime(asking.clock, 1_000)
    stop.abort()
    expect(await settling).toMatchObject({ kind: 'unknown', cause: { code: 'aborted' } })
    expect(await asking.settle({ ...LOST, request: open }, { signal: stop.signal })).toMatchObject({
      kind: 'unknown',
      looked: [],
    })
    expect(asking.clock.pending).toBe(0)
  })
})

describe('a request of another account', () => {
  const another = accountId('ABC13')

  it('is unknown at once, and nothing is looked at', async () => {
    asking.answers.confirm = aRejection('REF-1', 'UNKNOWN')
    asking.inbox.note(aConfirm('REF-1', 'DI1'))
    asking.account = another
    const end = await asking.endIn(0, open, TAKEN)
    expect(end).toMatchObject({ kind: 'unknown', cause: { code: 'account-switched' }, looked: [] })
    expect(end.kind === 'unknown' && end.cause.message).toContain('switch back')
    expect([asking.reads, asking.clock.pending]).toEqual([[], 0])
    asking.account = ACCOUNT
    expect(await asking.endIn(0, open, TAKEN)).toMatchObject({ kind: 'accepted' })
  })

  it('is not judged by an answer that came after a switch', async () => {
    asking.answers.confirm = 'hangs'
    const settling = asking.settle({ ...TAKEN, request: open })
    await passTime(asking.clock, 100)
    asking.account = another
    asking.inbox.note(aRejection('REF-1', 'MARKET_CLOSED'))
    expect(await asking.endOf(settling, 0)).toMatchObject({ kind: 'unknown', cause: { code: 'account-switched' } })

    asking = new ScriptedAsking()
    asking.answers.confirm = aRejection('REF-1', 'MARKET_CLOSED')
    const reading = asking.settle({ ...TAKEN, request: open })
    asking.account = another
    expect(await asking.endOf(reading, 0)).toMatchObject({ kind: 'unknown', cause: { code: 'account-switched' } })
  })

  it('is looked for on the present one where a journal of an older kind did not say', async () => {
    const { accountId: _, ...old } = open
    asking.account = another
    asking.answers.confirm = aConfirm('REF-1', 'DI1')
    const request: DealRequest = JSON.parse(JSON.stringify(old))
    expect(await asking.endOf(asking.settle(request), 0)).toMatchObject({ kind: 'accepted' })
  })
})

describe('the time that a read may take', () => {
  it('is handed on', async () => {
    asking.answers.confirm = aConfirm('REF-1', 'DI1')
    await asking.endOf(asking.settle({ ...TAKEN, request: open }, { timeoutMs: 700 }), 0)
    expect(asking.readOptions[0]).toMatchObject({ timeoutMs: 700 })
  })

  it('is kept to beside the wait for its turn', async () => {
    asking.answers.confirm = 'hangs'
    const settling = asking.settle({ ...TAKEN, request: open }, { timeoutMs: 700 })
    await passTime(asking.clock, 5_600)
    const count = asking.reads.length
    await passTime(asking.clock, 200)
    expect([count, asking.reads.length > count]).toEqual([1, true])
    asking.inbox.note(aConfirm('REF-1', 'DI1'))
    expect(await asking.endOf(settling, 0)).toMatchObject({ kind: 'accepted' })
  })

  it.each([0, Number.NaN, 3e9])('is none with %s', async timeoutMs => {
    const end = await asking.endOf(asking.settle(open, { timeoutMs }), 0)
    expect(end).toMatchObject({ kind: 'unknown', cause: { name: 'InvalidInputError' }, looked: [] })
    expect(asking.reads).toEqual([])
  })
})
