import { differs, isSame, sumOf } from '../exact.ts'
import type { BrokerPositions } from './broker-positions.ts'
import type { JournalPositions } from './journal-positions.ts'
import type { Close, Position } from './position.ts'

/** Broker and journal side by side, one position once. */
export interface JoinedPositions {
  readonly positions: readonly Position[]
  /** Of the journal alone, although the broker's rows should tell of them: our ids of the orders. */
  readonly missingAtBroker: readonly Missing[]
  /** Of the broker alone, although a journal was kept: ids of the broker's rows. */
  readonly missingInJournal: readonly Missing[]
  /** Ids of rows that were put beside the journal's by levels, size and times alone. */
  readonly guessed: readonly string[]
}

export interface Missing {
  readonly position: Position
  /** null: the whole position. */
  readonly close: Close | null
}

/** How far the machine's clock and the broker's may be apart for one event (our choice): a confirm can take some seconds. */
const CLOCKS_APART_MS = 5_000

export function joinedPositions(broker: BrokerPositions, journal: JournalPositions | null): JoinedPositions {
  if (!journal)
    return { positions: broker.positions, missingAtBroker: [], missingInJournal: [], guessed: [...broker.guessed] }
  const byDeal = new Map(
    journal.positions.flatMap(each => (each.dealId === null ? [] : [[each.dealId, each] as const])),
  )
  const byReference = new Map(
    journal.positions.flatMap(each => (each.reference === null ? [] : [[each.reference, each] as const])),
  )
  const byLevel = Map.groupBy(journal.positions, ({ direction, level }) => `${direction} ${level?.toFixed() ?? ''}`)
  const taken = new Set<Position>()
  const positions: Position[] = []
  const missingAtBroker: Missing[] = []
  const missingInJournal: Missing[] = []
  const guessed = [...broker.guessed]

  function partnerOf(position: Position): { readonly ours: Position; readonly isGuess: boolean } | null {
    const { dealId, reference } = position
    const named =
      (dealId === null ? undefined : byDeal.get(dealId)) ??
      (reference === null ? undefined : byReference.get(reference))
    if (named && !taken.has(named)) return { ours: named, isGuess: false }
    if (dealId !== null) return null
    const [nearest] = alikeOf(position)
    return nearest ? { ours: nearest, isGuess: true } : null
  }

  /** The nearest in time first. */
  function alikeOf(position: Position): readonly Position[] {
    const away = ({ openedAtMs }: Position): number => Math.abs((openedAtMs ?? 0) - (position.openedAtMs ?? 0))
    return (byLevel.get(`${position.direction} ${position.level?.toFixed() ?? ''}`) ?? [])
      .filter(ours => !taken.has(ours) && isAlike(position, ours))
      .sort((one, other) => away(one) - away(other))
  }

  for (const position of broker.positions.flatMap(each =>
    each.dealId === null ? apart(each, alikeOf(each)) : [each],
  )) {
    const partner = partnerOf(position)
    if (!partner) {
      positions.push({ ...position, by: position.by.kind === 'unknown' ? { kind: 'elsewhere' } : position.by })
      missingInJournal.push({ position, close: null })
      continue
    }
    const { ours, isGuess } = partner
    taken.add(ours)
    const closes = joinedCloses(position, ours, journal.references)
    const joined = withOurs(position, ours, closes.closes)
    positions.push(joined)
    if (isGuess) guessed.push(...position.closes.map(({ key }) => key))
    missingAtBroker.push(...closes.missingAtBroker.map(close => ({ position: joined, close })))
    missingInJournal.push(...closes.missingInJournal.map(close => ({ position: joined, close })))
  }
  for (const position of journal.positions) {
    if (taken.has(position)) continue
    positions.push(position)
    missingAtBroker.push({ position, close: null })
  }
  return { positions, missingAtBroker, missingInJournal, guessed }
}

/**
 * Without deal ids two positions that were opened in the same second at the same level are one in the broker's rows. Where it is more than one of ours
 * could hold, each close goes to that of ours which has one like it.
 */
function apart(position: Position, alike: readonly Position[]): readonly Position[] {
  const [first, ...others] = alike
  if (!first || others.length === 0 || position.size.lte(first.size)) return [position]
  const rest = new Set(position.closes)
  const pieces = alike.flatMap(ours => {
    const closes = ours.closes.flatMap(own => {
      const found = [...rest].find(
        theirs => theirs.size.eq(own.size) && !differs(theirs.level, own.level) && areNear(theirs.atMs, own.atMs),
      )
      if (found) rest.delete(found)
      return found ?? []
    })
    return closes.length === 0
      ? []
      : [{ ...position, key: closes[0]!.key, size: sumOf(closes.map(({ size }) => size)), closes }]
  })
  if (rest.size === 0) return pieces
  const closes = [...rest]
  return [...pieces, { ...position, size: sumOf(closes.map(({ size }) => size)), closes }]
}

/** Without a deal id at the broker: level, side and the moment have to be the same, and the market as far as both name it. */
function isAlike(position: Position, ours: Position): boolean {
  const isSameMarket = position.epic === null || ours.epic === null || position.epic === ours.epic
  return isSameMarket && isSame(position.level, ours.level) && areNear(position.openedAtMs, ours.openedAtMs)
}

const areNear = (one: number | null, other: number | null): boolean =>
  one !== null && other !== null && Math.abs(one - other) <= CLOCKS_APART_MS

/** The broker's word on levels, sizes and money; the journal's on milliseconds, where the two clocks agree, and on what only it knows. */
function withOurs(position: Position, ours: Position, closes: readonly Close[]): Position {
  return {
    ...position,
    dealId: position.dealId ?? ours.dealId,
    epic: position.epic ?? ours.epic,
    marketName: position.marketName ?? ours.marketName,
    level: position.level ?? ours.level,
    size: ours.size.gt(position.size) ? ours.size : position.size,
    openedAtMs: areNear(position.openedAtMs, ours.openedAtMs)
      ? ours.openedAtMs
      : (position.openedAtMs ?? ours.openedAtMs),
    firstSeenMs: ours.firstSeenMs,
    currency: position.currency ?? ours.currency,
    stop: position.stop ?? ours.stop,
    limit: position.limit ?? ours.limit,
    isGuaranteed: position.isGuaranteed || ours.isGuaranteed,
    reference: position.reference ?? ours.reference,
    how: position.how === 'unknown' ? ours.how : position.how,
    by: ours.by.kind === 'unknown' ? position.by : ours.by,
    preset: ours.preset,
    press: ours.press,
    closes,
  }
}

interface JoinedCloses {
  readonly closes: readonly Close[]
  readonly missingAtBroker: readonly Close[]
  readonly missingInJournal: readonly Close[]
}

function joinedCloses(position: Position, ours: Position, references: ReadonlyMap<string, string>): JoinedCloses {
  const rest = new Set(ours.closes.filter(({ isSeenGone }) => !isSeenGone))
  const gone = ours.closes.find(({ isSeenGone }) => isSeenGone) ?? null
  const partners = new Map<Close, Close>()
  const rules = [
    (theirs: Close, own: Close) =>
      theirs.reference !== null && theirs.reference === (references.get(own.key) ?? own.key),
    (theirs: Close, own: Close) =>
      isSame(theirs.level, own.level) && theirs.size.eq(own.size) && areNear(theirs.atMs, own.atMs),
    (theirs: Close, own: Close) =>
      theirs.size.eq(own.size) && !differs(theirs.level, own.level) && areNear(theirs.atMs, own.atMs),
  ]
  for (const fits of rules)
    for (const theirs of position.closes) {
      if (partners.has(theirs)) continue
      for (const own of rest)
        if (fits(theirs, own)) {
          partners.set(theirs, own)
          rest.delete(own)
          break
        }
    }
  const isWhole = sumOf(position.closes.map(({ size }) => size)).gte(position.size)
  const closes = position.closes.map(theirs => {
    const own = partners.get(theirs)
    if (own) return withOurClose(theirs, own)
    return gone && areNear(theirs.atMs, gone.atMs) ? { ...theirs, atMs: gone.atMs } : theirs
  })
  return {
    closes: [...closes, ...rest, ...(gone && !isWhole ? [gone] : [])],
    missingAtBroker: [...rest, ...(gone && !isWhole ? [gone] : [])],
    missingInJournal: gone ? [] : position.closes.filter(theirs => !partners.has(theirs)),
  }
}

function withOurClose(theirs: Close, own: Close): Close {
  return {
    ...theirs,
    level: theirs.level ?? own.level,
    atMs: areNear(theirs.atMs, own.atMs) ? own.atMs : (theirs.atMs ?? own.atMs),
    booked: theirs.booked ?? own.booked,
    own: own.own,
    how: theirs.how === 'unknown' ? own.how : theirs.how,
    press: own.press,
  }
}
