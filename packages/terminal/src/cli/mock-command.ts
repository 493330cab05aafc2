import { type MockBroker, startMockBroker } from '@scalpdesk/mock-broker'
import { systemClock } from '@scalpdesk/sdk'
import { EXIT, ExitError } from '../exit-status.ts'
import { printable } from '../printable.ts'
import type { MockFlags } from '../session/embedded-mock.ts'
import { givenSettings } from './given-settings.ts'
import { mockRefusal } from './mock-refusal.ts'
import { mockSettings } from './mock-settings.ts'
import { type ProgressLine, progressLine } from './progress-line.ts'
import { loadingWords, playingWords } from './replay-words.ts'

export interface MockCommandOptions extends MockFlags {
  readonly port?: number
  readonly host: string
  readonly legacyItems?: boolean
}

/** Serves until SIGINT or SIGTERM. stdout carries the ready line and nothing else; progress goes to a terminal only. */
export async function runMock(options: MockCommandOptions): Promise<number> {
  const stopped = stopSignal()
  const { port, host, legacyItems = false } = options
  const settings = givenSettings({ port, host, streaming: { legacyItems }, ...(await mockSettings(options)) })
  const progress = progressLine(process.stderr)
  const starting = startMockBroker({
    ...settings,
    onNotice: text => progress.print(`scalpdesk: ${printable(text)}`),
    onLoading: loading => progress.show(loadingWords(loading)),
  })
  const broker = await Promise.race([starting, stopped]).catch(error => {
    progress.clear()
    throw mockRefusal(error)
  })
  progress.clear()
  if (typeof broker === 'number') return broker
  const { url, stream, apiKey, username, password, accountId } = broker
  await print(`${JSON.stringify({ ready: true, url, stream, apiKey, username, password, accountId })}\n`)
  const watch = options.replay ? watchTapes(broker, progress) : null
  const status = await stopped
  watch?.stop()
  await broker.close()
  progress.clear()
  return status
}

/** Shows twice a second where the tapes are. */
function watchTapes(broker: MockBroker, progress: ProgressLine): { stop(): void } {
  function show() {
    progress.show(playingWords(broker.replay()))
    return systemClock.at(systemClock.monotonicMs() + PROGRESS_MS, () => {
      timer = show()
    })
  }
  let timer = show()
  return { stop: () => timer.cancel() }
}

const PROGRESS_MS = 500

/** Resolves with the exit status when a signal asks the broker to stop: the way it is meant to end, except for Ctrl-C. */
function stopSignal(): Promise<number> {
  const statuses = { SIGINT: EXIT.interrupted, SIGTERM: EXIT.done, SIGHUP: EXIT.done } as const
  return new Promise(resolve => {
    for (const [name, status] of Object.entries(statuses)) process.once(name, () => resolve(status))
  })
}

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
