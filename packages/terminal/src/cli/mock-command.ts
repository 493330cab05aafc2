import { MockBrokerError, startMockBroker } from '@scalpdesk/mock-broker'
import { EXIT, ExitError } from '../exit-status.ts'
import { printable } from '../printable.ts'
import type { MockSettings } from '../session/embedded-mock.ts'
import { givenSettings } from './given-settings.ts'

export interface MockCommandOptions extends MockSettings {
  readonly host: string
}

/** Serves until SIGINT or SIGTERM. stdout carries the ready line and nothing else. */
export async function runMock(options: MockCommandOptions): Promise<number> {
  const { port, host, replay, from, speed, loop, strict, seed } = options
  const settings = { port, host, replay, from, speed, loop, strict, seed }
  const stopped = stopSignal()
  const starting = startMockBroker({
    ...givenSettings(settings),
    onNotice: text => void process.stderr.write(`scalpdesk: ${printable(text)}\n`),
  })
  const broker = await Promise.race([starting, stopped]).catch(refuse)
  if (typeof broker === 'number') return broker
  const { url, stream, apiKey, username, password, accountId } = broker
  await print(`${JSON.stringify({ ready: true, url, stream, apiKey, username, password, accountId })}\n`)
  const status = await stopped
  await broker.close()
  return status
}

/** Resolves with the exit status when a signal asks the broker to stop: the way it is meant to end, except for Ctrl-C. */
function stopSignal(): Promise<number> {
  const statuses = { SIGINT: EXIT.interrupted, SIGTERM: EXIT.done, SIGHUP: EXIT.done } as const
  return new Promise(resolve => {
    for (const [name, status] of Object.entries(statuses)) process.once(name, () => resolve(status))
  })
}

function refuse(error: unknown): never {
  const isUsage = error instanceof MockBrokerError && USAGE_CODES.has(error.code)
  throw new ExitError(isUsage ? EXIT.usage : EXIT.failed, error instanceof Error ? error.message : String(error))
}

/** What only another command line mends; everything else is the machine's or a file's. */
const USAGE_CODES: ReadonlySet<string> = new Set(['host-not-loopback', 'bad-option'])

/** @throws ExitError when nobody reads stdout any longer: without the ready line nobody can use the broker. */
function print(line: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const advice = 'keep its reader running'
    process.stdout.once('error', ({ message }) =>
      reject(new ExitError(EXIT.failed, `expected to print the ready line, but ${message}; ${advice}`)),
    )
    process.stdout.write(line, cause => {
      if (!cause) resolve()
    })
  })
}
