import type { Environment } from '../credentials/credential.ts'
import { EXIT, ExitError } from '../exit-status.ts'
import type { FoundSettings } from '../settings/read-settings.ts'
import { problemText } from '../settings/settings-problem.ts'

/** Where the name of an environment was given; null: nowhere, so the settings say. */
export interface GivenEnvironment {
  readonly name: Environment
  readonly from: 'command-line' | 'variable'
}

/**
 * Which environment is traded: what was given, else what the settings say. Live has to be named on the command line each time:
 * neither a variable that was exported once nor a file begins with real money.
 * @throws ExitError where live is meant by anything else
 */
export function startEnvironment(given: GivenEnvironment | null, { environment, from }: FoundSettings): Environment {
  const wanted = given?.name ?? environment
  if (wanted !== 'live' || given?.from === 'command-line') return wanted
  const asked = `expected live to be asked for with --env live each time, but only ${given ? 'SCALPDESK_ENV names it' : 'the settings name it'}; add --env live, or name demo or mock`
  if (given) throw new ExitError(EXIT.usage, asked)
  const path = ['environment']
  throw new ExitError(EXIT.usage, problemText({ file: from.file, place: from.placeOf(path), path, words: asked }))
}
