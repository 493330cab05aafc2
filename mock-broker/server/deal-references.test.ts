import { manualClock } from '@scalpdesk/testkit'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Confirm } from '../engine/index.ts'
import { dealReferences, type OrderDraft } from './deal-references.ts'

const MINUTE_MS = 60_000

describe('what is known of a deal reference', () => {
  it('is its account’s own', () => {
    const references = dealReferences(manualClock())
    const first = cancel('A', 'one', 'D1')
    expect(references.ask(first).order).toBe(first)
    const other = cancel('B', 'one', 'D2')
    expect(references.ask(other).order).toBe(other)
    references.putConfirm(confirmOf(first))
    expect(references.findConfirm('A', 'one')).toMatchObject({ dealId: 'D1' })
    expect(references.findConfirm('B', 'one')).toBeUndefined()
  })

  it('loses its confirm and no more when confirms are forgotten', () => {
    const references = dealReferences(manualClock())
    const first = cancel('A', 'one', 'D1')
    references.ask(first)
    references.putConfirm(confirmOf(first))
    references.forgetConfirms()
    expect(references.findConfirm('A', 'one')).toBeUndefined()
    expect(references.ask(cancel('A', 'one', 'D2')).order).toBe(first)
  })

  it('is what two plain lists with times would say, whenever the confirm comes', () => {
    const act = fc.record({
      kind: fc.constantFrom('ask', 'confirm'),
      reference: fc.constantFrom('a', 'b'),
      waitMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 90_000 })),
    })
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), acts => {
        const clock = manualClock()
        const references = dealReferences(clock)
        const asked: Seen<OrderDraft>[] = []
        const confirmed: Seen<Confirm>[] = []
        for (const [index, { kind, reference, waitMs }] of acts.entries()) {
          clock.advance(waitMs)
          const atMs = clock.monotonicMs()
          const draft = cancel('A', reference, `D${index}`)
          if (kind === 'ask') {
            const earlier = alive(asked, reference, atMs)
            expect(references.ask(draft).order).toBe(earlier ?? draft)
            if (!earlier) asked.push({ reference, atMs, what: draft })
          } else {
            const confirm = confirmOf(draft)
            references.putConfirm(confirm)
            if (!alive(confirmed, reference, atMs)) confirmed.push({ reference, atMs, what: confirm })
          }
          for (const each of ['a', 'b']) {
            expect(references.findConfirm('A', each)).toBe(alive(confirmed, each, atMs))
          }
        }
      }),
    )
  })
})

interface Seen<What> {
  readonly reference: string
  readonly atMs: number
  readonly what: What
}

function alive<What>(seen: readonly Seen<What>[], reference: string, nowMs: number): What | undefined {
  return seen.findLast(each => each.reference === reference && nowMs - each.atMs < MINUTE_MS)?.what
}

function cancel(account: string, reference: string, dealId: string): OrderDraft & { readonly dealId: string } {
  return { kind: 'cancel-order', account, reference, dealId }
}

function confirmOf(draft: ReturnType<typeof cancel>): Confirm {
  const { account, reference, dealId } = draft
  const order = { kind: 'cancel-order', account, reference, dealId, atMs: 0 } as const
  const outcome = { dealStatus: 'REJECTED', reason: 'ORDER_NOT_FOUND' } as const
  return { kind: 'confirm', atMs: 0, reference, account, dealId, epic: '', direction: 'BUY', order, outcome }
}
