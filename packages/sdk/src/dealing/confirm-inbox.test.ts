import { describe, expect, it } from 'vitest'
import { dealReference } from '../ids.ts'
import { aConfirm, aRejection } from '../testing/dealt.ts'
import { ConfirmInbox } from './confirm-inbox.ts'

describe('the inbox of confirms', () => {
  it('gives what was heard before it was asked for, and the last of it', () => {
    const inbox = new ConfirmInbox()
    expect(inbox.find(dealReference('A'))).toBeNull()
    inbox.note(aRejection('A', 'UNKNOWN'))
    inbox.note(aConfirm('A', 'DI1'))
    expect(inbox.find(dealReference('A'))?.dealId).toBe('DI1')
  })

  it('does not let a repetition’s rejection hide a deal', () => {
    const inbox = new ConfirmInbox()
    inbox.note(aConfirm('A', 'DI1'))
    inbox.note(aRejection('A', 'DUPLICATE_ORDER_ERROR'))
    expect(inbox.find(dealReference('A'))?.outcome.kind).toBe('accepted')
  })

  it('tells those who wait for a reference, until they stop', () => {
    const inbox = new ConfirmInbox()
    const heard: string[] = []
    const stop = inbox.when(dealReference('A'), confirm => {
      heard.push(confirm.dealId)
      stop()
    })
    inbox.when(dealReference('A'), confirm => heard.push(`also ${confirm.dealId}`))
    inbox.note(aConfirm('B', 'DI0'))
    inbox.note(aConfirm('A', 'DI1'))
    inbox.note(aConfirm('A', 'DI2'))
    stop()
    expect(heard).toEqual(['DI1', 'also DI1', 'also DI2'])
  })

  it('keeps a bounded number, the latest', () => {
    const inbox = new ConfirmInbox()
    for (let index = 0; index < 1_000; index++) inbox.note(aConfirm(`R${index}`, 'DI1'))
    expect(inbox.find(dealReference('R0'))).toBeNull()
    expect(inbox.find(dealReference('R699'))).toBeNull()
    expect(inbox.find(dealReference('R700'))).not.toBeNull()
    expect(inbox.find(dealReference('R999'))).not.toBeNull()
  })
})
