import { startMockBroker } from '@scalpdesk/mock-broker'
import { EXIT, ExitError } from '../exit-status.ts'
import { printable } from '../printable.ts'
import type { MockSettings } from '../session/embedded-mock.ts'

export interface MockCommandOptions extends MockSettings {
  readonly host: string
}

/** Serves until SIGINT or SIGTERM. stdout carries the ready line and nothing else. */
export async function runMock(options: MockCommandOptions): Promise<number> {
  const { port, host, replay, from, speed, loop, strict, seed } = options
  const settings = { port, host, replay, from, speed, loop, strict, seed }
  const broker = await startMockBroker({
    ...given(settings),
    onNotice: text => void process.stderr.write(`scalpdesk mock: ${printable(text)}\n`),
  }).catch(error => {
    throw new ExitError(EXIT.failed, error instanceof Error ? error.message : String(error))
  })
  const { url, stream, apiKey, username, password, accountId } = broker
  process.stdout.write(`${JSON.stringify({ ready: true, url, stream, apiKey, username, password, accountId })}\n`)
  const signal = await new Promise<string>(resolve => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => resolve(name))
  })
  await broker.close()
  return signal === 'SIGINT' ? EXIT.interrupted : EXIT.done
}

/** The settings that were given; an absent one takes the broker's own default. */
export function given<Settings extends object>(
  settings: Settings,
): { [Key in keyof Settings]: NonNullable<Settings[Key]> } {
  const entries = Object.entries(settings).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as { [Key in keyof Settings]: NonNullable<Settings[Key]> }
}
