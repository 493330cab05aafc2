import { parentPort, workerData } from 'node:worker_threads'
import { MockBrokerError, startMockBroker, TapeError } from '@scalpdesk/mock-broker'
import type { MockMessage, MockSettings } from './embedded-mock.ts'

/** The thread that the embedded mock broker runs on. */
const port = parentPort
if (!port) throw new Error('expected to run as a worker thread; start it through startEmbeddedMock()')
const say = (message: MockMessage) => port.postMessage(message)

try {
  const broker = await startMockBroker({
    ...(workerData as MockSettings),
    onNotice: text => say({ kind: 'notice', text }),
  })
  const { url, apiKey, username, password } = broker
  port.once('message', async () => {
    await broker.close()
    say({ kind: 'closed' })
    process.exit(0)
  })
  say({ kind: 'ready', url, apiKey, username, password })
} catch (error) {
  const code = error instanceof MockBrokerError || error instanceof TapeError ? error.code : null
  say({ kind: 'failed', message: error instanceof Error ? error.message : String(error), code })
}
