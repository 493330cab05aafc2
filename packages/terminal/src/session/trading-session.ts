import {
  type Contract,
  type Desk,
  type DeskSetup,
  isPending,
  type JournalPort,
  type Recovered,
  runDesk,
  type TrackedOrder,
} from '@scalpdesk/desk'
import type { Clock, DealReference, Epic, Ig, MarketDetails } from '@scalpdesk/sdk'
import type { ServedDesk } from '../host/prepared-press.ts'
import { guardedBy, startAccountFeeds } from './account-feeds.ts'
import type { Hands } from './acting/hands.ts'
import { startsArmed } from './arming.ts'
import { brokerPort } from './broker-port.ts'
import { startChartSeeding } from './chart-seeding.ts'
import { dealReferences } from './deal-references.ts'
import { deskReadiness } from './desk-readiness.ts'
import { heardJournal } from './heard-journal.ts'
import type { KeyTargets } from './key-desk.ts'
import { leftOpen } from './left-open.ts'
import { startMarketFeeds } from './market-feeds.ts'
import { overhear, type Player, type Sounds, startSounds } from './outcome-signals.ts'
import { pickedContract } from './picked-market.ts'
import type { Picture } from './picture.ts'
import { priceRanges } from './price-ranges.ts'
import { keepWarm, startRehearsal } from './rehearsal.ts'
import { sessionSummary } from './session-summary.ts'
import { type Standpoint, type StandpointParts, startStandpoint } from './standpoint.ts'
import { startTrader } from './trader.ts'

/** The parts of a session, each already made. */
export interface TradingParts extends Omit<StandpointParts, 'onChange'> {
  readonly ig: Ig
  /** One for each market, in the order of their tabs. */
  readonly contracts: readonly Contract[]
  /** Of markets that are not traded yet: what the trader has settled for them. */
  readonly prepared?: readonly Contract[]
  /** What the desk is set up with beside its contracts. */
  readonly setup: Pick<DeskSetup, 'mode' | 'limits' | 'watch' | 'zone'>
  readonly journal: JournalPort
  readonly picture: Picture
  readonly clock: Clock
  /** What the run before left open; null where its broker is gone with it. */
  readonly recovered: Recovered | null
  /** Losing the focus takes entries away. */
  readonly disarmsOnFocusLoss: boolean
  readonly sounds: Sounds
  readonly player: Player | null
  /** Whether the path of a key is rehearsed for as long as the session lasts, as it is unless told: a clock that runs fast has nothing of it. */
  readonly staysWarm?: boolean
  /** Whether entries are sent from the first key on; as the environment has it, unless told. */
  readonly isArmed?: boolean
  /** Names of our orders; such as no run has given before unless told. */
  readonly nextReference?: () => DealReference
}

export interface TradingSession {
  /** What the keys bring about from now on. */
  readonly keys: KeyTargets
  /** For commands that press through this session's desk. */
  readonly served: ServedDesk
  /** Resolves when the trader quits. */
  readonly quit: Promise<void>
  /** Resolves when no order waits for its outcome, or after a limit. */
  settled(limitMs: number): Promise<void>
  /** What would be left at the broker by leaving now, in words; null for nothing. */
  leftOpen(): string | null
  /** Another screen is in front of it, or none. */
  screenChanged(disarms: boolean): void
  /** Drawing failed where the screen is. */
  drawingFailed(): void
  /** Keeps what was chosen for the next session. */
  keep(): void
  /** What it brought, for the shell. */
  summary(): readonly string[]
  stop(): void
}

/**
 * Joins keys, desk, broker and picture. A key goes to the desk and on to the socket in the turn in which it is read;
 * everything else, painting first of all, comes after.
 */
export function startTradingSession(parts: TradingParts): TradingSession {
  const { ig, contracts, picture, clock, recovered, environment, texts, words } = parts
  const changeListeners = new Set<() => void>()
  const heard = heardJournal(parts.journal)
  const journal = overhear(heard)
  const setup: DeskSetup = {
    ...parts.setup,
    contracts,
    accountCurrency: ig.account.currency,
    isArmed: parts.isArmed ?? startsArmed(environment),
    ...(recovered && { recovered }),
  }
  const desk: Desk = runDesk(setup, {
    clock,
    journal,
    nextReference: parts.nextReference ?? dealReferences(clock.nowMs()),
    broker: brokerPort(ig),
    onChange(state) {
      picture.show(state)
      for (const listener of changeListeners) listener()
    },
    onJournalFailure: cause => picture.notice(words.said.journalFailed(cause.message)),
  })

  /** A fault of our own must not take the keys away that close. */
  function onFault(error: unknown): void {
    picture.notice(words.said.fault(error instanceof Error ? error.message : String(error)))
  }
  const hearing = guardedBy(onFault)
  const guarded = (run: () => void): void => hearing(run)(undefined)

  const rehearsal = startRehearsal(setup, clock)
  const readiness = deskReadiness(() => desk.state, clock)
  changeListeners.add(readiness.look)
  const warmth = parts.staysWarm === false ? null : keepWarm(desk, clock)
  const ranges = priceRanges()
  const sounds = startSounds({
    sounds: parts.sounds,
    player: parts.player,
    ring: picture.ring,
    onFailure: why => picture.notice(words.said.soundFailed(why)),
  })
  const standpoint: Standpoint = startStandpoint({ ...parts, onChange: picture.wake })
  let isStreamLive = false
  const feeds = startMarketFeeds(
    ig.stream,
    hearing(quote => {
      // The last price stays to be seen only where the desk knows by the status that it is old.
      if (quote.gap?.kind === 'lost' && !isStreamLive) return
      ranges.add(quote)
      picture.chart(quote)
      desk.tell({ kind: 'quote', quote })
      picture.show(desk.state)
      readiness.look()
    }),
    (market, error) =>
      picture.notice(words.said.notFollowed(market.name, error instanceof Error ? error.message : String(error))),
  )
  const seeding = startChartSeeding(ig, picture.seed)

  function lookAt(epic: Epic): void {
    standpoint.choose(epic)
    const contract = desk.state.contracts.get(epic)
    if (contract) feeds.lookAt(contract.market)
    seeding.want(epic, standpoint.appearance.timeFrame)
  }

  function trade(contract: Contract): void {
    desk.tell({ kind: 'trade-market', contract, atMs: clock.monotonicMs() })
    feeds.follow(contract.market)
  }

  /** As the trader settled it, else with a preset that is made of the market's rules. */
  function contractOf(market: MarketDetails): Contract | string {
    const prepared = parts.prepared?.find(one => one.market.epic === market.epic)
    return prepared ?? pickedContract(market, desk.state, words.desk)
  }

  const hands = (): Hands => ({
    desk,
    words,
    texts,
    now: { state: desk.state, look: standpoint.look },
    painted: picture.painted,
    say: picture.notice,
  })
  const trader = startTrader({
    ig,
    clock,
    environment,
    hands,
    standpoint,
    redraw: picture.redraw,
    lookAt,
    seed: () => seeding.want(standpoint.look.chosen, standpoint.appearance.timeFrame),
    trade,
    contractOf,
    disarmsOnFocusLoss: parts.disarmsOnFocusLoss,
    onChange: picture.wake,
  })

  /** What others opened in other markets counts in the day's loss, which needs its price. */
  let followedHoldings = desk.state.holdings
  function followHeld(): void {
    const { holdings } = desk.state
    if (holdings === followedHoldings) return
    followedHoldings = holdings
    for (const { epic, marketName } of holdings.values()) feeds.follow({ epic, name: marketName })
  }

  picture.scene(() => ({
    ...trader.scene(),
    look: standpoint.look,
    appearance: standpoint.appearance,
    depth: feeds.depth,
    range: ranges.of(standpoint.look.chosen),
    allowances: ig.allowances.view,
  }))
  picture.onFrame(() => {
    // Where frames are not painted as time passes, a pause between two of them means nothing.
    if (parts.staysWarm !== false) desk.beat()
    followHeld()
    sounds(journal.take())
  })
  picture.onPainted(({ state }, atMs) => {
    const ids = [...state.orders.values()].filter(isOutcomeUnseen).map(({ id }) => id)
    if (ids.length > 0) desk.tell({ kind: 'painted', ids, atMs })
  })
  picture.onTextMode(() => trader.drawingFailed())

  const stopStatus = ig.stream.onStatus(
    hearing(status => {
      isStreamLive = status.kind === 'live'
      desk.tell({ kind: 'stream', status, atMs: clock.monotonicMs() })
    }),
  )
  const account = startAccountFeeds({ stream: ig.stream, desk, clock, onFault })
  for (const { market } of contracts) feeds.follow(market)
  lookAt(standpoint.look.chosen)

  return {
    keys: {
      ...trader.keys,
      act: (action, pressedAtMs) => guarded(() => trader.keys.act(action, pressedAtMs)),
      type: input => guarded(() => trader.keys.type(input)),
    },
    served: {
      get state() {
        return desk.state
      },
      want: (intent, by) => desk.want(intent, clock.monotonicMs(), by),
      onChange(listener) {
        changeListeners.add(listener)
        return () => changeListeners.delete(listener)
      },
      onRecord: heard.onRecord,
      known: readiness.known,
      priced: readiness.priced,
      async trade(epic) {
        const made = contractOf(await ig.markets.get(epic))
        if (typeof made === 'string') throw new Error(made)
        trade(made)
      },
    },
    quit: trader.quit,
    settled: limitMs =>
      new Promise(resolve => {
        const limit = clock.at(clock.monotonicMs() + limitMs, finish)
        const look = () => {
          if (![...desk.state.orders.values()].some(isPending)) finish()
        }
        function finish(): void {
          limit.cancel()
          changeListeners.delete(look)
          resolve()
        }
        changeListeners.add(look)
        look()
      }),
    leftOpen: () => leftOpen(desk.state, texts),
    screenChanged: disarms => guarded(() => trader.screenChanged(disarms)),
    drawingFailed: trader.drawingFailed,
    keep: () => standpoint.keep(desk.state),
    summary: () => sessionSummary(desk.state, journal.counts, texts),
    stop() {
      rehearsal.stop()
      warmth?.stop()
      stopStatus()
      trader.stop()
      feeds.close()
      account.close()
      desk.stop()
    },
  }
}

function isOutcomeUnseen({ timing }: TrackedOrder): boolean {
  return timing.confirmedAtMs !== null && timing.paintedAtMs === null
}
