/**
 * The mock broker in a process of its own, without delays, on 1,000 quotes a second or on a few. It refuses every open in its confirm,
 * so that any number of them leaves nothing behind that would have to be closed between two measurements.
 */
import { startMockBroker } from '@scalpdesk/mock-broker'
import { fastTape } from './fast-tape.ts'

export interface BrokerAddress {
  readonly port: number
  readonly apiKey: string
  readonly username: string
  readonly password: string
}

const broker = await startMockBroker({
  replay: [fastTape()],
  from: '12:00',
  delays: { acknowledgeMs: 1, confirmMs: 1 },
})
broker.faults.plan({ fault: 'rejectNext', args: ['ORDER_DECLINED'], match: 'open', when: { probability: 1 } })
process.on('message', ({ speed }: { readonly speed: number }) => broker.setSpeed(speed))
process.on('disconnect', () => process.exit())
const { url, apiKey, username, password } = broker
const address: BrokerAddress = { port: Number(new URL(url).port), apiKey, username, password }
process.send?.(address)
