import { join } from 'node:path'
import type { BotPorts, FlattenedScope } from '@scalpdesk/bots/runner'
import { recoveredFrom } from '@scalpdesk/desk'
import type { Recovered } from '@scalpdesk/desk/journal'
import { type Epic, type MarketDetails, type Quote, systemClock } from '@scalpdesk/sdk'
import type { CommandContext } from '../cli/command-context.ts'
import { openDeskAccess } from '../cli/desk-access.ts'
import { type OpenedBroker, openBroker } from '../cli/open-broker.ts'
import { contractOf } from '../cli/own-desk.ts'
import { type CommandDesk, startCommandDesk } from '../session/command-desk.ts'
import { sha256 } from '../session/journal-digest.ts'
import { journalFolder, readMemory } from '../session/journal-folder.ts'
import { askedBotDesk, ownBotDesk } from './bot-desk.ts'
import type { BotRunOptions } from './bot-run-options.ts'
import { deskSetup } from './desk-setup.ts'
import { type EarlierBots, earlierBots } from './earlier-bots.ts'
import { keptBars } from './kept-bars.ts'
import type { BotConsent } from './live-bots.ts'
import { pastPort } from './past-port.ts'
import { openReplayPlace } from './replay-place.ts'

/** Where bots trade: the one desk of an account, or a recorded session. */
export interface BotPlace {
  readonly words: string
  /** Null on a recorded session. */
  readonly account: string | null
  readonly currency: string
  readonly ports: Omit<BotPorts, 'onLine'>
  /** What runs before this one left there; null on a recorded session, and at a broker that begins anew with each run. */
  readonly bots: EarlierBots | null
  /** Of events, milliseconds since 1970. */
  timeMs(): number
  /** From now on its prices come. */
  trade(epic: Epic): Promise<MarketDetails>
  /** Hands on prices. Resolves when there will be none any more, or it was halted. */
  play(take: (quote: Quote) => void): Promise<void>
  /** No more prices. */
  halt(): void
  /** Waits for something, and where it waits for a time, lets that come. */
  within<Result>(work: Promise<Result>): Promise<Result>
  close(): Promise<void>
}

export interface PlaceParts {
  readonly isThinking: () => boolean
  onNotice(words: string): void
  /** What was agreed to on live; null elsewhere. */
  readonly consent: () => BotConsent | null
  /** A person flattened, here or elsewhere. */
  onFlatten(scope: FlattenedScope): void
}

export async function openPlace(context: CommandContext, options: BotRunOptions, parts: PlaceParts): Promise<BotPlace> {
  if (options.replay) return openReplayPlace(context, options.replay, options, parts)
  const broker = await openBroker(context, context.environment === 'mock' ? 'prices' : 'account')
  try {
    return await deskPlace(context, broker, { ...parts, warmUp: options.warmUp ?? WARM_UP_POINTS })
  } catch (error) {
    await broker.close()
    throw broker.failure(error)
  }
}

async function deskPlace(
  context: CommandContext,
  broker: OpenedBroker,
  { onNotice, consent, onFlatten, warmUp }: PlaceParts & { readonly warmUp: number },
): Promise<BotPlace> {
  const { ig, environment } = broker
  const access = await openDeskAccess(context, broker, {
    isExit: false,
    onNotice,
    onFlatten({ by, scope }) {
      if (!by.startsWith('bot:')) onFlatten(scope)
    },
  })
  const isNew = access.own !== null && broker.world === EMBEDDED
  const memory = isNew ? null : memoryOf(context, broker)
  const desk = access.own ?? lookingDesk(context, broker, memory, onNotice)
  const account = join(context.home, 'bots', broker.world, ig.account.id)
  const runs = memory && earlierBots({ folder: account, memory, clock: systemClock, onNotice })
  const isDirect = access.own !== null && environment !== 'live'
  const bots = isDirect ? ownBotDesk(desk, systemClock) : askedBotDesk(desk, access, consent)
  const markets = new Map<string, MarketDetails>()
  const past = pastPort({
    prices: ig.prices,
    marketOf: epic => markets.get(epic),
    state: () => desk.state,
    clock: systemClock,
    mostPoints: warmUp,
    kept: environment === 'mock' ? null : keptBars(join(account, 'bars')),
  })
  const whose = access.other === null ? '' : `, through the desk of process ${access.other}`
  const halted = Promise.withResolvers<void>()
  let stopQuotes = (): void => {}
  return {
    words: `${environment} account ${ig.account.id}${whose}`,
    account: ig.account.id,
    currency: ig.account.currency,
    bots: runs,
    ports: { desk: bots, nowMs: () => systemClock.monotonicMs(), soon: run => void setImmediate(run), past },
    timeMs: () => systemClock.nowMs(),
    async trade(epic) {
      await desk.known()
      if (!desk.state.contracts.has(epic)) await desk.trade(epic)
      await desk.priced(epic)
      const market = await ig.markets.get(epic)
      markets.set(epic, market)
      return market
    },
    play(take) {
      for (const quote of desk.state.quotes.values()) take(quote)
      stopQuotes = bots.onQuote(take)
      return halted.promise
    },
    halt() {
      stopQuotes()
      halted.resolve()
    },
    within: work => work,
    async close() {
      runs?.close()
      await access.close()
      if (!access.own) desk.stop()
      await broker.close()
    },
  }
}

/** As far as it is of the broker that is there now: the one inside a screen began with that. */
function memoryOf({ home }: CommandContext, { world, ig }: OpenedBroker): Recovered {
  return readMemory(journalFolder(home, world, ig.account.id), sha256, world === EMBEDDED ? 'last-start' : 'ever')
}

/** Our choice: a day of minutes, and a seventh of the week's points. */
const WARM_UP_POINTS = 1_440

/** See {@link placeWorld}. */
const EMBEDDED = 'mock-embedded'

/** Another process's desk trades: this one only looks on, and writes nothing down. */
function lookingDesk(
  context: CommandContext,
  broker: OpenedBroker,
  memory: Recovered | null,
  onNotice: (words: string) => void,
): CommandDesk {
  return startCommandDesk({
    ig: broker.ig,
    setup: deskSetup(context),
    // What is open in the journal its own desk asks for.
    recovered: memory && { ...recoveredFrom(memory), orders: [] },
    journal: { append() {} },
    clock: systemClock,
    contractOf: market => contractOf(context, broker, market),
    onNotice,
  })
}
