import { EXIT, ExitError } from '../exit-status.ts'
import { type HostClient, HostLost } from '../host/host-client.ts'
import { HostEnded, type HostHello, HostProblem } from '../host/host-message.ts'
import type { CommandContext } from './command-context.ts'
import type { DeskAccess } from './desk-access.ts'
import type { OpenedBroker } from './open-broker.ts'

/**
 * The desk of the process that holds the journal.
 * @throws ExitError when it trades elsewhere
 */
export function otherDesk(context: CommandContext, broker: OpenedBroker, client: HostClient): DeskAccess {
  const { host } = client
  const mismatch = hostMismatch(host, broker)
  if (mismatch !== null) {
    client.close()
    throw new ExitError(EXIT.failed, `${mismatch} (process ${host.pid}); nothing was sent`)
  }
  let isAsked = false
  return {
    other: host.pid,
    own: null,
    async press(press, onProgress) {
      isAsked = true
      try {
        return await client.press(press, onProgress)
      } catch (error) {
        if (error instanceof HostEnded) throw error
        if (error instanceof HostProblem) throw new ExitError(EXIT.failed, `${error.message}; nothing was sent`)
        if (!(error instanceof HostLost)) throw error
        throw new ExitError(
          EXIT.unknown,
          `the desk that was asked (process ${host.pid}) has ended, and whether it sent the order is not known: its journal is; look with scalpdesk positions --env ${context.environment}, and start scalpdesk, which asks the broker for what is open in the journal`,
        )
      } finally {
        isAsked = false
      }
    },
    underWay: () => (isAsked ? 'asked' : null),
    close: async () => client.close(),
  }
}

/** One home, one account name, and yet another broker: a mock broker that was started anew, or elsewhere. */
function hostMismatch(host: HostHello, { environment, address, ig }: OpenedBroker): string | null {
  if (host.environment !== environment || host.account !== ig.account.id)
    return `expected the desk of ${environment} account ${ig.account.id}, but it is that of ${host.environment} account ${host.account}`
  if (host.broker === address) return null
  return `expected a desk that trades at ${address ?? 'IG'}, but the one that holds the journal trades at ${host.broker ?? 'IG'}`
}
