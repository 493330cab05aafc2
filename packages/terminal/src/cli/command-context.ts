import type { Environment } from '../credentials/credential.ts'
import { EXIT, ExitError } from '../exit-status.ts'
import { type FoundSettings, readSettings } from '../settings/read-settings.ts'
import { isProblem, problemText } from '../settings/settings-problem.ts'
import { excerpt } from './flag-values.ts'
import { homeFolder } from './home-folder.ts'
import type { GivenEnvironment } from './start-environment.ts'

/** What every command is told on the command line. */
export interface CommonOptions {
  /** Null when neither the command line nor SCALPDESK_ENV says it. */
  readonly env: Environment | null
  /** The same, with where it was said. */
  readonly given?: GivenEnvironment | null
  readonly account?: string
  readonly json?: boolean
}

/** Where and how a command works. */
export interface CommandContext {
  readonly home: string
  readonly environment: Environment
  readonly account: string | null
  readonly asJson: boolean
  readonly settings: FoundSettings
  readonly variables: Readonly<Record<string, string | undefined>>
}

/** The command line wins, then the environment's variables, then the settings. @throws ExitError that tells every problem, a line each */
export function commandContext({ env, account, json = false }: CommonOptions): CommandContext {
  const variables = process.env
  const home = homeFolder(variables)
  const settings = readSettings(home)
  if (isProblem(settings)) throw new ExitError(EXIT.usage, settings.map(problemText).join('\n'))
  const chosen = account ?? (variables.SCALPDESK_ACCOUNT || settings.account)
  if (chosen !== null && !/^[A-Za-z0-9-]{1,30}$/.test(chosen))
    throw new ExitError(
      EXIT.usage,
      `expected an account id such as ABC12 in --account or SCALPDESK_ACCOUNT, but got ${excerpt(chosen)}; leave it out for the preferred one`,
    )
  return { home, environment: env ?? settings.environment, account: chosen, asJson: json, settings, variables }
}
