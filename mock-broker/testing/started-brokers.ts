import { afterEach } from 'vitest'
import type { MockBroker, MockBrokerOptions } from '../server/index.ts'
import { startQuietBroker } from './quiet-broker.ts'
import { type RestClient, signIn } from './rest-client.ts'

export interface StartedBrokers {
  /** A quiet broker. */
  startBroker(options?: MockBrokerOptions): Promise<MockBroker>
  /** A quiet broker, and a client that is signed in there. */
  start(options?: MockBrokerOptions): Promise<{ readonly broker: MockBroker; readonly client: RestClient }>
  /** For one that a test started by itself. @returns it */
  closeLater(broker: MockBroker): MockBroker
}

/** To be called once in a test file: the brokers of a test are closed after it. */
export function startedBrokers(): StartedBrokers {
  const running: MockBroker[] = []
  afterEach(async () => {
    await Promise.all(running.splice(0).map(broker => broker.close()))
  })
  function closeLater(broker: MockBroker): MockBroker {
    running.push(broker)
    return broker
  }
  const startBroker = async (options: MockBrokerOptions = {}) => closeLater(await startQuietBroker(options))
  return {
    startBroker,
    async start(options) {
      const broker = await startBroker(options)
      return { broker, client: await signIn(broker) }
    },
    closeLater,
  }
}
