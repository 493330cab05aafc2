import { ENVIRONMENTS, type Environment } from '../credentials/credential.ts'
import { EXIT, ExitError } from '../exit-status.ts'
import { settingsPath } from '../settings/read-settings.ts'
import type { Settings } from '../settings/settings.ts'
import { type CommandVoice, commandVoice } from './command-voice.ts'
import { exitOf } from './credential-exit.ts'
import { choice } from './flag-values.ts'
import { homeFolder } from './home-folder.ts'
import { initBroker } from './init-broker.ts'
import { initLimits, type LimitOptions } from './init-limits.ts'
import { initMarkets } from './init-markets.ts'
import { answered } from './init-question.ts'
import { changedPaths, keepSettings, settingsOf } from './init-settings.ts'
import type { LoginOptions } from './login-command.ts'
import type { MarketOptions } from './start-markets.ts'

export interface InitOptions extends MarketOptions, LimitOptions, Pick<LoginOptions, 'account' | 'store' | 'json'> {
  /** Undefined: to be asked for. */
  readonly environment?: Environment
}

/**
 * From nothing to a first trade: asks for what flags and variables leave open, checks each answer against the broker, and keeps it at once,
 * so that a run that was broken off goes on where it was.
 */
export async function runInit(options: InitOptions): Promise<number> {
  const voice = commandVoice(options.json ?? false)
  try {
    return await ask(options, voice)
  } catch (error) {
    const exit = exitOf(error)
    if (exit.status !== EXIT.interrupted) throw exit
    throw new ExitError(
      EXIT.interrupted,
      'given up; what was answered so far is kept, and scalpdesk init goes on from there',
    )
  } finally {
    voice.close()
  }
}

async function ask(options: InitOptions, voice: CommandVoice): Promise<number> {
  const home = homeFolder()
  let settings: Settings = settingsOf(home)
  const environment = await answered(voice.prompt, options.environment, {
    words: 'Environment: mock (made-up money), demo or live',
    usual: { words: settings.environment, answer: settings.environment },
    read: choice('the environment', ENVIRONMENTS),
  })
  const broker = await initBroker(environment, options, voice)
  try {
    voice.prompt?.say(`Asking ${broker.words}.`)
    // Live is named on the command line each time: no setting begins it.
    if (environment !== 'live') {
      settings = { ...settings, environment }
      keepSettings(home, settings, [['environment']])
    }
    settings = { ...settings, markets: await initMarkets(broker.ig, voice.prompt, options, settings.markets) }
    keepSettings(home, settings, [['markets']])
    const { currency, id } = broker.ig.account
    const limits = await initLimits(settings, settings.markets, currency, voice.prompt, options)
    const { maxDayLoss, maxOpenPositions, maxOrderSize } = limits
    const everyMarket = { ...settings.guard.everyMarket, maxOrderSize }
    const limited = { ...settings, guard: { ...settings.guard, maxDayLoss, maxOpenPositions, everyMarket } }
    keepSettings(home, limited, changedPaths(settings, limited, LIMIT_PATHS))
    const start = environment === 'live' ? 'scalpdesk gate, then scalpdesk --env live' : 'scalpdesk'
    voice.result(
      {
        environment,
        account: { id, currency },
        settings: settingsPath(home),
        markets: settings.markets.map(({ epic }) => epic),
        limits: {
          maxDayLoss: maxDayLoss?.toFixed() ?? null,
          maxOpenPositions,
          maxOrderSize: maxOrderSize?.toFixed() ?? null,
        },
        start,
      },
      [
        `All is set for ${broker.words}; the settings are in ${settingsPath(home)}.`,
        `To trade: ${start}. scalpdesk doctor says what works here.`,
      ],
    )
    return EXIT.done
  } finally {
    await broker.close()
  }
}

const LIMIT_PATHS = [
  ['guard', 'maxDayLoss'],
  ['guard', 'maxOpenPositions'],
  ['guard', 'everyMarket'],
]
