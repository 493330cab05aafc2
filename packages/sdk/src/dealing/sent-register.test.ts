import { describe, expect, it } from 'vitest'
import type { CloseRequest } from '../deal-request.ts'
import { accountId, dealId, dealReference, epic } from '../ids.ts'
import { SentRegister } from './sent-register.ts'

const close: CloseRequest = {
  kind: 'close',
  reference: null,
  dealId: dealId('DI1'),
  epic: null,
  direction: 'SELL',
  size: '1',
  sentAtMs: 1_000,
  lane: 'exit',
  accountId: accountId('ABC12'),
}
const REF = dealReference('IGMADE')

describe('the register of what was sent', () => {
  it('knows whose a reference is, also from a copy that a journal kept', () => {
    const register = new SentRegister()
    register.note(close)
    register.clear(close, { ...close, reference: REF })
    expect(register.isOthers(REF, { ...close })).toBe(false)
    expect(register.isOthers(REF, { ...close, sentAtMs: 2_000 })).toBe(true)
    expect(register.isOthers(dealReference('ELSE'), close)).toBe(false)
  })

  it.each<readonly [title: string, change: Partial<CloseRequest>, isSame: boolean]>([
    ['written just before the call', { sentAtMs: -1_000 }, true],
    ['of a journal that named no account', { sentAtMs: -1_000, accountId: null }, true],
    ['written long before', { sentAtMs: -9_000 }, false],
    ['written after the call', { sentAtMs: 1_400 }, false],
    ['of another size', { sentAtMs: 500, size: '2' }, false],
    ['of another account', { sentAtMs: 500, accountId: accountId('ABC13') }, false],
  ])('takes a copy %s for the request or not: %o', (_title, change, isSame) => {
    const register = new SentRegister()
    register.note(close)
    register.clear(close, { ...close, reference: REF })
    const copy = { ...close, ...change }
    expect([register.isSame(close, copy), register.isOthers(REF, copy)]).toEqual([isSame, !isSame])
  })

  it('does not take a copy for one that another copy told of', () => {
    const register = new SentRegister()
    const other = { ...close, sentAtMs: 600 }
    register.noteAsked(close)
    register.noteAsked(other)
    expect([register.isSame(close, other), register.hasRival(close)]).toEqual([false, true])
  })

  it.each<readonly [title: string, other: CloseRequest, isRival: boolean]>([
    ['of the same deal', { ...close, sentAtMs: 2_000 }, true],
    ['that looks the very same', { ...close }, true],
    ['by market, which may end any deal', { ...close, dealId: null, epic: epic('CS.D.EURUSD.CFD.IP') }, true],
    ['of another deal', { ...close, dealId: dealId('DI2') }, false],
    ['whose reference is known', { ...close, sentAtMs: 2_000, reference: REF }, false],
    ['of long before', { ...close, sentAtMs: -1_000_000 }, false],
  ])('a request without a reference has a rival in one %s: %o', (_title, other, isRival) => {
    const register = new SentRegister()
    register.note(close)
    expect(register.hasRival(close)).toBe(false)
    register.note(other)
    expect(register.hasRival(close)).toBe(isRival)
    expect(register.hasRival(other.reference === null ? other : close)).toBe(isRival)
  })

  it('forgets what did not reach dealing, and what is long ago', () => {
    const register = new SentRegister()
    const refused = { ...close, sentAtMs: 2_000 }
    register.note(close)
    register.note(refused)
    register.clear(refused, null)
    expect(register.hasRival(close)).toBe(false)
    for (let index = 0; index < 500; index++) register.note({ ...close, dealId: dealId(`X${index}`) })
    expect(register.hasRival({ ...close, sentAtMs: 3_000 })).toBe(false)
  })
})
