import { type Command, Option } from 'commander'
import { EXIT, ExitError } from '../exit-status.ts'

/**
 * Refuses, for every command, what would be a secret among the arguments, and says why. The value is shown to nobody.
 */
export function refuseSecretFlags(program: Command): void {
  for (const name of NAMES) {
    const refuse = (): never => {
      throw new ExitError(
        EXIT.usage,
        `expected no secret among the arguments, because other users of this machine can read them and shells remember them, but got --${name}; ${OTHER_WAYS}, and change it if it was a real one`,
      )
    }
    // With and without a value: `--password`, `--password x`, `--password=x`.
    program.addOption(new Option(`--${name} [value]`).hideHelp().argParser(refuse))
    program.on(`option:${name}`, refuse)
  }
}

const OTHER_WAYS =
  'let login ask for it, give it in SCALPDESK_API_KEY, SCALPDESK_USERNAME and SCALPDESK_PASSWORD, or as JSON with login --stdin'

const NAMES = [
  'password',
  'passwd',
  'pass',
  'pwd',
  'passphrase',
  'api-key',
  'apikey',
  'key',
  'username',
  'user',
  'identifier',
  'token',
  'secret',
  'cst',
] as const
