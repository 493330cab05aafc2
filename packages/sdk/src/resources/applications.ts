import type { Application, ApplicationUpdate } from '../application.ts'
import { InvalidInputError } from '../errors.ts'
import { decodeApplication, decodeApplications } from '../json/decode-application.ts'
import { callTo } from '../rest/call.ts'
import type { CallOptions, ReadOptions, Rest } from '../rest/rest.ts'
import { ROUTES } from '../rest/routes.ts'
import { Secret } from '../secret.ts'
import { wholeNumberIn } from './input-guard.ts'

/**
 * The API keys of the login.
 *
 * @throws every method: {@link RefusedError}, {@link AllowanceError}, {@link TransportError}, {@link ProtocolError},
 * {@link SignInError}, {@link DecodeError}.
 */
export interface Applications {
  /**
   * All keys of the user, with what IG allows each.
   * Source: IG Labs, REST API reference, "Operations", GET /operations/application.
   */
  list(options?: ReadOptions): Promise<readonly Application[]>
  /**
   * Changes a key's status and allowances. IG was seen to answer this with a 500.
   * @throws {InvalidInputError} when a figure is not a whole number above 0.
   * Source: IG Labs, REST API reference, "Operations", PUT /operations/application.
   */
  update(update: ApplicationUpdate, options?: CallOptions): Promise<Application>
  /**
   * Disables the key that this connection uses, at once and for all its users. There is no way back through the API: only IG's
   * website enables it again.
   * Source: IG Labs, REST API reference, "Operations", PUT /operations/application/disable.
   */
  disable(options?: CallOptions): Promise<Application>
}

export function applicationsOver(rest: Rest): Applications {
  return {
    list: async options => decodeApplications(await rest.read(callTo(ROUTES.applications), options)),
    async update(update, options) {
      const call = callTo(ROUTES.updateApplication, { body: encodeUpdate(update) })
      return decodeApplication(await rest.write(call, options))
    },
    disable: async options => decodeApplication(await rest.write(callTo(ROUTES.disableApplication), options)),
  }
}

/** Our choice: more than any key was ever given. */
const MAX_PER_MINUTE = 1_000_000

function encodeUpdate({ apiKey, status, tradingPerMinute, dataPerMinute }: ApplicationUpdate): string {
  if (!(apiKey instanceof Secret)) {
    throw new InvalidInputError('expected the key as a Secret, but got something else; use new Secret(text)')
  }
  if (status !== 'enabled' && status !== 'disabled') {
    throw new InvalidInputError(`expected enabled or disabled, but got ${String(status)}; correct the status`)
  }
  return JSON.stringify({
    apiKey: apiKey.reveal(),
    status: status.toUpperCase(),
    allowanceAccountOverall: wholeNumberIn('dataPerMinute', dataPerMinute, 1, MAX_PER_MINUTE),
    allowanceAccountTrading: wholeNumberIn('tradingPerMinute', tradingPerMinute, 1, MAX_PER_MINUTE),
  })
}
