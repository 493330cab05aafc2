import { markets, openTape, readReplay } from '@scalpdesk/mock-broker/engine'
import { systemClock } from '@scalpdesk/sdk'
import type { CommandContext } from '../cli/command-context.ts'
import { mockRefusal } from '../cli/mock-refusal.ts'
import { contractOf } from '../cli/own-desk.ts'
import { ownBotDesk } from './bot-desk.ts'
import type { BotPlace, PlaceParts } from './bot-place.ts'
import type { BotRunOptions } from './bot-run-options.ts'
import { deskSetup } from './desk-setup.ts'
import { startReplayDesk } from './replay-desk.ts'

/** A recorded session: nothing is written down, because nothing was dealt. */
export async function openReplayPlace(
  context: CommandContext,
  files: readonly string[],
  { seed = 1, speed = 'max' }: Pick<BotRunOptions, 'seed' | 'speed'>,
  { isThinking, onNotice }: PlaceParts,
): Promise<BotPlace> {
  const startMs = await firstTime(files[0] ?? '')
  const replay = await startReplayDesk({
    files,
    seed,
    startMs,
    setup: deskSetup(context),
    journal: () => ({ append() {} }),
    contractOf: ig => market => contractOf(context, { ig }, market),
    isThinking,
    onNotice,
  }).catch(error => {
    throw mockRefusal(error)
  })
  const { desk, clock, ig } = replay
  const bots = ownBotDesk(desk, clock)
  const startedMs = systemClock.monotonicMs()
  const fromMs = clock.monotonicMs()
  let isHalted = false
  return {
    words: `the recorded session ${files.join(', ')}`,
    account: null,
    bots: null,
    currency: ig.account.currency,
    ports: {
      desk: bots,
      nowMs: clock.monotonicMs,
      soon(run) {
        clock.noteActivity()
        setImmediate(() => {
          clock.noteActivity()
          run()
        })
      },
    },
    timeMs: clock.nowMs,
    trade: epic =>
      replay.within(
        (async () => {
          await desk.known()
          if (!desk.state.contracts.has(epic)) await desk.trade(epic)
          await desk.priced(epic)
          return ig.markets.get(epic)
        })(),
      ),
    play(take) {
      for (const quote of desk.state.quotes.values()) take(quote)
      bots.onQuote(take)
      return replay.play(until, () => isHalted)
    },
    halt() {
      isHalted = true
    },
    within: replay.within,
    close: replay.close,
  }

  function until(dueMs: number): Promise<void> | undefined {
    if (speed === 'max') return undefined
    const dueAtMs = startedMs + (dueMs - fromMs) / speed
    if (dueAtMs <= systemClock.monotonicMs()) return undefined
    return new Promise(resolve => void systemClock.at(dueAtMs, resolve))
  }
}

/** Of the tape: what is dealt on it is dated by it. */
async function firstTime(text: string): Promise<number> {
  try {
    const { file, wish } = readReplay(text, markets)
    const tape = await openTape(file, { markets, wish })
    await tape.close()
    return tape.startMs
  } catch (error) {
    throw mockRefusal(error)
  }
}
