import {
  BOT_LIMITS,
  type BotLimits,
  type BotParts,
  type Bots,
  type EarlierBot,
  heldElsewhere,
  marketViewOf,
  startBots,
} from '@scalpdesk/bots/runner'
import { Decimal, type Epic, systemClock } from '@scalpdesk/sdk'
import { answer } from '../cli/answer.ts'
import { describedParameters } from '../cli/backtest/backtest-words.ts'
import { type CommandContext, commandContext } from '../cli/command-context.ts'
import { EXIT, ExitError } from '../exit-status.ts'
import { listenForSignals } from '../interruption.ts'
import { type BotConsole, botConsole } from './bot-console.ts'
import { listenForBotKeys } from './bot-keys.ts'
import { botMarkets, namedPreset } from './bot-markets.ts'
import { type BotPlace, openPlace } from './bot-place.ts'
import { money } from './bot-rows.ts'
import type { BotRunOptions } from './bot-run-options.ts'
import { type BotConsent, beginLiveBots, consentToBots, consentWords } from './live-bots.ts'
import { closeBots, inWords, type LoadedBot, loadBots } from './loaded-bots.ts'
import { checkTold, toldParameters } from './told-parameters.ts'

/** Runs strategies until they end, or somebody ends them. @param help the text of `--help` @returns the exit status */
export async function runBots(files: readonly string[], options: BotRunOptions, help: () => string): Promise<number> {
  if (options.help) return tellHelp(files, help())
  if (files.length === 0)
    throw new ExitError(EXIT.usage, 'expected the file of a strategy, but got none; write scalpdesk bot run FILE')
  const context = commandContext(options)
  if (options.replay && context.environment !== 'mock')
    throw new ExitError(EXIT.usage, `expected --env mock with --replay, but got ${context.environment}; leave one out`)
  if (options.speed !== undefined && !options.replay)
    throw new ExitError(EXIT.usage, '--speed is about tick files, but there is none; add --replay FILE')
  if (options.warmUp !== undefined && options.replay)
    throw new ExitError(EXIT.usage, '--warm-up asks a broker, but --replay has none; leave one out')
  const told = [...(options.param ?? []), ...(options.set ?? [])]
  const bots = await loadBots(files, new URL(import.meta.url))
  try {
    checkTold(
      bots.map(({ name, strategy: { card } }) => ({ name, schema: card.parameters })),
      told,
    )
    return await trade(bots, context, { ...options, param: told })
  } finally {
    await closeBots(bots)
  }
}

async function tellHelp(files: readonly string[], help: string): Promise<number> {
  const bots = await loadBots(files, new URL(import.meta.url))
  const told = bots.flatMap(({ strategy: { card } }) => ['', ...describedParameters(card)])
  await closeBots(bots)
  answer(false, null, [...help.trimEnd().split('\n'), ...told])
  return EXIT.done
}

async function trade(loaded: readonly LoadedBot[], context: CommandContext, options: BotRunOptions): Promise<number> {
  const markets = new Map(
    loaded.map(({ name, strategy: { card } }) => [name, botMarkets(options.epic ?? [], card.markets)]),
  )
  const limits = botLimits(context, options, [...new Set([...markets.values()].flat())])
  const values = new Map(
    loaded.map(({ name, strategy: { card } }) => [name, toldParameters(name, card.parameters, options.param ?? [])]),
  )
  const prompt = beginLiveBots(options, context)
  const agreed: { consent: BotConsent | null } = { consent: null }
  const interrupted = Promise.withResolvers<number>()
  let interruptions = 0
  listenForSignals().onSignal(status => {
    interrupted.resolve(status)
    // Whoever asks again does not want to wait for the outcome of what was sent.
    if (++interruptions > 1) process.exit(status)
  })
  let bots: Bots | null = null
  const hasKeys = !context.asJson && process.stdin.isTTY === true && process.stdout.isTTY === true
  const voice: { console: BotConsole | null } = { console: null }
  const place = await openPlace(context, options, {
    isThinking: () => bots?.isThinking ?? false,
    consent: () => agreed.consent,
    onFlatten(scope) {
      bots?.flattened(scope)
      if (bots && !hasKeys) voice.console?.notice('there is no keyboard here: start it again to let it go on')
    },
    onNotice: text => (voice.console ? voice.console.notice(text) : process.stderr.write(`scalpdesk: ${text}\n`)),
  })
  let offKeys: (() => void) | null = null
  try {
    const parts: BotParts[] = []
    for (const { name, strategy } of loaded) {
      const [first, ...others] = markets.get(name) ?? botMarkets([], [])
      const views = [
        marketViewOf(await place.trade(first)),
        ...(await Promise.all(others.map(place.trade))).map(marketViewOf),
      ] as const
      const before = place.bots?.take(name) ?? null
      if (before)
        refuseLeft(
          name,
          before.earlier,
          place,
          views.map(({ epic }) => epic),
        )
      const parameters = values.get(name) ?? {}
      const kept = before && { isKept: true, ...(before.earlier.state !== null && { state: before.earlier.state }) }
      const setup = { parameters, markets: [...views], seed: options.seed ?? 1, ...kept } as const
      const seat = await strategy.seat(setup).catch(error => {
        throw inWords(error)
      })
      const { exitPolicy } = strategy.card
      parts.push({ name, seat, markets: [...views], exitPolicy, limits, ...before })
    }
    if (context.environment === 'live')
      agreed.consent = await consentToBots({
        words: consentWords(
          parts.map(({ name }) => name),
          [...new Set([...markets.values()].flat())],
          limits,
          place.currency,
        ),
        epics: [...new Set([...markets.values()].flat())],
        confirm: options.confirmLive ?? [],
        prompt,
        account: place.account ?? '',
      })
    const console = botConsole({ asJson: context.asJson, clock: systemClock, timeMs: place.timeMs, keys: hasKeys })
    voice.console = console
    console.notice(`${parts.map(({ name }) => name).join(', ')} on ${place.words}`)
    const running = startBots(parts, { ...place.ports, onLine: line => console.line(line) })
    bots = running
    let isPaused = false
    if (hasKeys)
      offKeys = listenForBotKeys(key => {
        if (key === 'quit') return interrupted.resolve(EXIT.done)
        if (key === 'flatten') return void running.flatten()
        isPaused = running.status.every(({ phase }) => phase.kind !== 'held')
        return isPaused ? running.pause() : running.resume()
      })
    console.watch(() => running.status)
    const status = await untilOver(running, place, interrupted.promise, options.for)
    console.close()
    tellEnd(running, context, console, place)
    return status
  } finally {
    prompt?.close()
    offKeys?.()
    voice.console?.close()
    await place.close()
  }
}

/** @throws ExitError where it would leave behind what its run before opened */
function refuseLeft(name: string, earlier: EarlierBot, place: BotPlace, epics: readonly string[]): void {
  const [missing] = heldElsewhere(earlier, place.ports.desk.state, epics)
  if (missing === undefined) return
  throw new ExitError(
    EXIT.usage,
    `expected ${name} to trade ${missing}, where it holds something from its run before, but it trades ${epics.join(', ')}; add --epic ${missing}, or close that first with scalpdesk positions and scalpdesk close`,
  )
}

/** Ends by the strategies themselves, by the tape, the time, a key or a signal; each but the first applies the exit policies. */
async function untilOver(
  bots: Bots,
  place: BotPlace,
  interrupted: Promise<number>,
  forMs: number | undefined,
): Promise<number> {
  const time = Promise.withResolvers<'time'>()
  const timer =
    forMs === undefined ? null : systemClock.at(systemClock.monotonicMs() + forMs, () => time.resolve('time'))
  const playing = place.play(quote => bots.take(quote))
  const first = await Promise.race([
    playing.then(() => 'tape' as const),
    bots.over.then(() => 'strategies' as const),
    time.promise,
    interrupted,
  ])
  timer?.cancel()
  place.halt()
  await playing
  if (first !== 'strategies') await place.within(bots.end(ENDS[typeof first === 'number' ? 'asked' : first]))
  else await place.within(bots.over)
  if (typeof first === 'number' && first !== EXIT.done) return first
  return bots.status.some(({ phase }) => phase.kind === 'stopped' && phase.isFailure) ? EXIT.failed : EXIT.done
}

const ENDS = { tape: 'the recorded session is over', time: 'its time is over', asked: 'it was asked to' } as const

function tellEnd(bots: Bots, { asJson }: CommandContext, console: BotConsole, place: BotPlace): void {
  for (const { name, phase, bookedCents, openCents, positions, orders, ticks } of bots.status) {
    const why = phase.kind === 'stopped' ? phase.why : ''
    if (asJson) {
      const result = { bot: name, kind: 'end', why, isFailure: phase.kind === 'stopped' && phase.isFailure }
      const figures = { bookedCents, openCents, currency: place.currency, positions, orders, ticks }
      process.stdout.write(`${JSON.stringify({ ...result, ...figures })}\n`)
    } else
      console.line({
        bot: name,
        kind: 'state',
        text: `end: ${money(bookedCents)} ${place.currency} booked, ${money(openCents)} open; ${counted(orders, 'order')} on ${counted(ticks, 'tick')}`,
      })
  }
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`

function botLimits({ settings }: CommandContext, options: BotRunOptions, epics: readonly Epic[]): BotLimits {
  const { maxLoss, maxSize, maxOrders, maxPositions, preset } = options
  const sizes = preset === undefined ? [] : epics.map(epic => namedPreset(settings, epic, preset).sizes)
  const largest = sizes.flatMap(each => Object.values(each).flatMap(size => (size.kind === 'fixed' ? [size.size] : [])))
  return {
    maxLossCents: maxLoss === undefined ? BOT_LIMITS.maxLossCents : new Decimal(maxLoss).times(100).toNumber(),
    maxSize: maxSize === undefined ? (largest.length > 0 ? Decimal.max(...largest) : null) : new Decimal(maxSize),
    maxOrdersPerMinute: maxOrders ?? BOT_LIMITS.maxOrdersPerMinute,
    maxPositions: maxPositions ?? BOT_LIMITS.maxPositions,
  }
}
