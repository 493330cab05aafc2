import type { JournalEntry, JournalRecord } from '@scalpdesk/desk/journal'
import type { Engine, EngineEvent, EngineInput, Fill, Market, Position } from '@scalpdesk/mock-broker/engine'
import { Decimal, epic } from '@scalpdesk/sdk'
import type { PriceMarks } from '../day-facts.ts'

export const ACCOUNT = 'CASH1'

/** What the engine booked, by its own events. */
export interface BookedTruth {
  readonly results: Decimal
  readonly charges: ReadonlyMap<string, Decimal>
  readonly closes: number
}

interface Told {
  readonly entries: readonly JournalEntry[]
  readonly prices: readonly PriceMarks[]
  readonly truth: BookedTruth
}

export interface MadeTrader {
  begin(startMs: number): void
  trade(startMs: number, endMs: number, closes: number): void
  isElsewhere(reference: string): boolean
  /** What the desk saw and the engine booked since it was asked last. */
  told(): Told
}

/** Deals on the engine and keeps a journal of it; somebody else deals on the account, too. @param elsewhere how often that is, 0 to 1 */
export function madeTrader(
  engine: Engine,
  chosen: readonly Market[],
  random: { next(): number },
  elsewhere: number,
): MadeTrader {
  const mids = new Map(chosen.map(market => [market.epic, market.synthetic!.startUnits]))
  const others = new Set<string>()
  const columns = new Map<string, { atMs: number[]; bid: number[]; offer: number[] }>()
  let entries: JournalEntry[] = []
  let results = new Decimal(0)
  let charges = new Map<string, Decimal>()
  let closes = 0
  let orders = 0
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random.next() * from.length)]!
  const write = (wallMs: number, record: JournalRecord): unknown => entries.push({ wallMs, record })

  function take(input: EngineInput): readonly EngineEvent[] {
    const events = engine.process(input)
    for (const event of events) {
      if (event.kind === 'charge')
        charges.set(event.cause, (charges.get(event.cause) ?? new Decimal(0)).plus(event.booked))
      if (event.kind !== 'fill' || !event.closed) continue
      closes++
      results = results.plus(event.closed.booked)
      if (event.reference === null && event.closed.isWhole && !others.has(event.position.reference))
        write(event.atMs, {
          kind: 'position-gone',
          atMs: 0,
          dealId: event.closed.dealId,
          epic: event.epic,
          profit: null,
          profitCurrency: null,
        })
    }
    return events
  }

  function tick(market: Market, atMs: number): void {
    const { moveUnits, spreadUnits, startUnits } = market.synthetic!
    const last = mids.get(market.epic)!
    const mid =
      last +
      Math.round((random.next() - 0.5) * moveUnits * (random.next() < 0.15 ? 150 : 12) + (startUnits - last) * 0.01)
    mids.set(market.epic, mid)
    const bidUnits = mid - Math.ceil(spreadUnits / 2)
    const offerUnits = mid + Math.floor(spreadUnits / 2)
    const column = columns.get(market.epic) ?? { atMs: [], bid: [], offer: [] }
    column.atMs.push(atMs)
    column.bid.push(bidUnits)
    column.offer.push(offerUnits)
    columns.set(market.epic, column)
    take({ kind: 'tick', epic: market.epic, atMs, bidUnits, offerUnits })
  }

  const levelText = (units: number, market: Market): string => new Decimal(`${units}e-${market.decimals}`).toFixed()

  function open(market: Market, atMs: number): void {
    const isOther = random.next() < elsewhere
    const isNet = isOther && random.next() < 0.4
    const reference = `${isOther ? 'WEB' : 'SD'}${orders++}`
    const direction = pick(['BUY', 'SELL'] as const)
    const size = market.minSize.plus(market.sizeStep.times(Math.floor(random.next() * 20)))
    const hasStop = !isNet && market.allowsLegs && random.next() < 0.5
    const isGuaranteed = hasStop && market.guaranteedPremiumPoints !== null && random.next() < 0.6
    const points = (isGuaranteed ? market.minGuaranteedStopPoints : market.minStopPoints).times(
      1 + Math.floor(random.next() * 4),
    )
    const book = engine.book(market.epic)!
    const seen = direction === 'BUY' ? book.quote!.offerUnits : book.quote!.bidUnits
    if (isOther) others.add(reference)
    else
      write(atMs - 60, {
        kind: 'about-to-open',
        atMs: 0,
        id: reference,
        epic: market.epic,
        direction,
        size: size.toFixed(),
        preset: pick(['scalp', 'swing']),
        stopPoints: hasStop ? points.toFixed() : null,
        limitPoints: null,
        trailing: null,
        isGuaranteed,
        seenLevel: levelText(seen, market),
      })
    const stop = hasStop ? ({ kind: isGuaranteed ? 'guaranteed' : 'normal', by: 'distance', points } as const) : null
    const events = take({
      kind: 'open',
      atMs,
      reference,
      account: ACCOUNT,
      epic: market.epic,
      expiry: market.expiry,
      currency: market.currencies[0],
      direction,
      size,
      price: { type: 'MARKET' },
      timeInForce: 'EXECUTE_AND_ELIMINATE',
      mode: isNet ? 'net' : 'force',
      stop,
      limit: null,
      losesStop: false,
    })
    if (!isOther) answered(events, reference, market, atMs)
  }

  function close(position: Position, atMs: number): void {
    const { market } = engine.book(position.epic)!
    const isOther = others.has(position.reference)
    const reference = `${isOther ? 'WEB' : 'SD'}${orders++}`
    const part = market.sizeStep.times(1 + Math.floor(random.next() * 9))
    const size = random.next() < 0.6 || part.gte(position.size) ? position.size : part
    const direction = position.direction === 'BUY' ? 'SELL' : 'BUY'
    if (isOther) others.add(reference)
    else
      write(atMs - 60, {
        kind: 'about-to-close',
        atMs: 0,
        id: reference,
        dealId: position.dealId,
        epic: position.epic,
        direction,
        size: size.toFixed(),
        heldSize: position.size.toFixed(),
      })
    const target = { by: 'deal', dealId: position.dealId } as const
    const events = take({
      kind: 'close',
      atMs,
      reference,
      account: ACCOUNT,
      target,
      direction,
      size,
      price: { type: 'MARKET' },
      timeInForce: 'EXECUTE_AND_ELIMINATE',
    })
    if (!isOther) answered(events, reference, market, atMs)
  }

  function answered(events: readonly EngineEvent[], id: string, market: Market, atMs: number): void {
    const confirm = events.find(event => event.kind === 'confirm')
    if (confirm?.outcome.dealStatus === 'REJECTED')
      write(atMs, { kind: 'rejected', atMs: 0, id, reason: confirm.outcome.reason })
    for (const fill of events.filter((event): event is Fill => event.kind === 'fill' && event.reference === id)) {
      const { closed, position } = fill
      write(atMs, {
        kind: 'filled',
        atMs: 0,
        id,
        dealId: closed?.dealId ?? fill.dealId,
        level: levelText(fill.levelUnits, market),
        size: fill.size.toFixed(),
        profit: closed ? closed.profit.toFixed() : null,
        profitCurrency: closed ? position.currency : null,
        by: 'stream',
      })
    }
  }

  return {
    begin(startMs) {
      for (const [index, market] of chosen.entries()) tick(market, startMs + index)
    },
    trade(startMs, endMs, wanted) {
      const until = closes + wanted
      // Orders keep clear of each other and of midnight, as people's do; no two deals share a second of a market.
      const steps = Math.max(1, wanted * 4)
      const stepMs = Math.floor((endMs - startMs - 20_000) / steps)
      let nightMs = startMs + Math.floor((endMs - startMs) * 0.9)
      for (let step = 0; step < steps && closes < until; step++) {
        const atMs = startMs + 10_000 + step * stepMs + Math.floor(random.next() * stepMs * 0.5)
        if (atMs >= nightMs) {
          take({ kind: 'night', atMs })
          nightMs = Number.POSITIVE_INFINITY
        }
        const market = pick(chosen)
        tick(market, atMs - 100)
        const held = engine.positions(ACCOUNT)
        if (held.length > 0 && (held.length > 3 || random.next() < 0.6)) close(pick(held), atMs)
        else open(market, atMs)
      }
      if (wanted === 0) take({ kind: 'night', atMs: nightMs })
    },
    isElsewhere: reference => others.has(reference),
    told() {
      const prices = [...columns].map(([of, { atMs, bid, offer }]) => ({
        epic: epic(of),
        decimals: chosen.find(market => market.epic === of)!.decimals,
        atMs,
        bidUnits: bid,
        offerUnits: offer,
        gaps: [],
      }))
      const truth = { results, charges, closes }
      const told = { entries, prices, truth }
      columns.clear()
      entries = []
      results = new Decimal(0)
      charges = new Map()
      closes = 0
      return told
    },
  }
}
