import { ProtocolError } from '../errors.ts'
import type { Call } from '../rest/call.ts'
import type { ReadOptions, Rest } from '../rest/rest.ts'
import { contextOf } from '../rest/rest-client.ts'

/**
 * Reads the pages of one list, all of the account that is acted on now: a session shows one account at a time, and says
 * nothing of it in its answers.
 * @throws {ProtocolError} `account-switched`, from a read before or during which another account was acted on
 */
export function readOfSameAccount(rest: Rest, ports: { accountId(): string }): Rest['read'] {
  const begun = ports.accountId()
  function expectSame(call: Call): void {
    const now = ports.accountId()
    if (now === begun) return
    const text = `expected all pages of the list from account ${begun}, but ${now} is acted on since; read the list anew, of ${now}`
    throw new ProtocolError('account-switched', text, { request: contextOf(call) })
  }
  return async (call: Call, options?: ReadOptions) => {
    expectSame(call)
    const answer = await rest.read(call, options)
    expectSame(call)
    return answer
  }
}
