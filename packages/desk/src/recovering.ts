import { type DealId, Decimal, dealId, dealReference, type Epic, epic } from '@scalpdesk/sdk'
import type { Legs } from './book/holding.ts'
import type { Recovered, RecoveredOrder } from './desk-setup.ts'
import { opposite } from './direction.ts'
import type { GuardFact } from './guard/memory/fact.ts'
import { readFact } from './guard/memory/fact-text.ts'
import type { Memory, OpenQuestion } from './journal/memory.ts'
import type { Announcement } from './journal/record.ts'
import type { JournalEntry } from './journal/recovery.ts'
import type { OrderPurpose } from './orders/order.ts'
import { unreachable } from './unreachable.ts'

/**
 * What the journal remembers, as the desk takes it over: its open questions become orders that are being checked, settled
 * by the same code as one whose answer was lost a moment ago.
 * @returns with `problems`: what could not be taken over, as sentences for the trader
 */
export function recoveredFrom(
  memory: Memory & { readonly entries?: readonly JournalEntry[] },
): Recovered & { readonly problems: readonly string[] } {
  const problems: string[] = []
  const attempt = <T>(what: string, take: () => T): readonly T[] => {
    try {
      return [take()]
    } catch (error) {
      problems.push(`${what} in the journal cannot be taken over: ${(error as Error).message}`)
      return []
    }
  }
  const questions = [...memory.openQuestions, ...memory.unresolved]
  return {
    orders: questions.flatMap(question => attempt(`order ${question.announcement.id}`, () => orderOf(question))),
    usedReferences: memory.references.flatMap(text => attempt('a reference', () => dealReference(text))),
    deals: memory.deals.flatMap(deal =>
      attempt(`deal ${deal.dealId}`, () => ({
        dealId: dealId(deal.dealId),
        origin: deal.isAdopted ? ('adopted' as const) : ('ours' as const),
      })),
    ),
    facts: memory.day.guardFacts.flatMap(({ fact }) => attempt('a fact of the guard', (): GuardFact => readFact(fact))),
    openingEquity: memory.day.openingEquity === null ? null : new Decimal(memory.day.openingEquity),
    day: memory.day.day,
    entries: memory.entries ?? [],
    problems,
  }
}

function orderOf({ announcement, announcedAtMs, reference, stage }: OpenQuestion): RecoveredOrder {
  return {
    id: announcement.id,
    purpose: purposeOf(announcement),
    reference: reference === null ? null : dealReference(reference),
    sentWallMs: announcedAtMs,
    question: stage === 'unresolved' || stage === 'accepted' ? stage : 'open',
  }
}

function purposeOf(announcement: Announcement): OrderPurpose {
  const market: Epic = epic(announcement.epic)
  switch (announcement.kind) {
    case 'about-to-open': {
      const { direction, size, seenLevel, stopPoints } = announcement
      return {
        kind: 'open',
        epic: market,
        direction,
        size: new Decimal(size),
        seenLevel: new Decimal(seenLevel),
        stopPoints: figure(stopPoints),
      }
    }
    case 'about-to-close': {
      const { direction, size, heldSize } = announcement
      const held = { size: new Decimal(size), heldSize: new Decimal(heldSize) }
      return { kind: 'close', epic: market, dealId: deal(announcement), direction: opposite(direction), ...held }
    }
    case 'about-to-amend': {
      // What the legs were is not written down: the list, which shows the new ones or not, tells.
      return { kind: 'amend', epic: market, dealId: deal(announcement), before: null, after: legsOf(announcement) }
    }
    case 'about-to-place': {
      const { direction, size, level, type, stopPoints, limitPoints } = announcement
      return {
        kind: 'place',
        epic: market,
        direction,
        size: new Decimal(size),
        level: new Decimal(level),
        orderKind: type === 'LIMIT' ? 'limit' : 'stop',
        stopPoints: figure(stopPoints),
        limitPoints: figure(limitPoints),
      }
    }
    case 'about-to-cancel':
      return { kind: 'cancel', epic: market, dealId: deal(announcement) }
    default:
      return unreachable(announcement)
  }
}

const figure = (text: string | null): Decimal | null => (text === null ? null : new Decimal(text))

const deal = (announcement: { readonly dealId: string }): DealId => dealId(announcement.dealId)

function legsOf(announcement: Extract<Announcement, { kind: 'about-to-amend' }>): Legs {
  const { stopLevel, limitLevel, isGuaranteed, trailing } = announcement
  return {
    stopLevel: figure(stopLevel),
    limitLevel: figure(limitLevel),
    isGuaranteed,
    trailingStop: trailing && {
      distancePoints: new Decimal(trailing.distancePoints),
      stepPoints: new Decimal(trailing.stepPoints),
    },
  }
}
