import type { CommandContext } from '../command-context.ts'
import { type BrokerNeed, type OpenedBroker, openBroker } from '../open-broker.ts'

/** Signs in, asks, and signs out. @throws ExitError in words for whatever the broker said */
export async function lookAt<Answer>(
  context: CommandContext,
  need: BrokerNeed,
  ask: (broker: OpenedBroker) => Promise<Answer>,
): Promise<Answer> {
  const broker = await openBroker(context, need)
  try {
    return await ask(broker)
  } catch (error) {
    throw broker.failure(error)
  } finally {
    await broker.close()
  }
}
