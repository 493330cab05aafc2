import type { Submission } from '@scalpdesk/sdk'
import type { DeskRequest } from '../../../bots/src/engine-broker/index.ts'
import type { BrokerPort } from '../../src/broker-port.ts'
import type { EngineBroker } from './engine-broker.ts'

/** The simulated broker as the desk's driver takes one: the same, with promises. */
export function asBrokerPort(broker: EngineBroker, monotonicMs: () => number): BrokerPort {
  const send = (
    request: DeskRequest,
    isPatient: boolean,
    onWire: ((atMs: number) => void) | undefined,
  ): Promise<Submission> =>
    new Promise(resolve => {
      if (broker.send(request, isPatient, resolve)) onWire?.(monotonicMs())
    })
  return {
    open: (order, { onWire }) => send({ kind: 'open', order }, false, onWire),
    close: (order, { onWire }) => send({ kind: 'close', order }, true, onWire),
    amend: (order, { onWire }) => send({ kind: 'amend', order }, true, onWire),
    place: (order, { onWire }) => send({ kind: 'place', order }, false, onWire),
    cancel: (order, { onWire }) => send({ kind: 'cancel', order }, true, onWire),
    findConfirm: reference => new Promise(resolve => broker.findConfirm(reference, resolve)),
    readBook: () => new Promise((resolve, reject) => broker.readBook(resolve, reject)),
    findDeals: sinceMs =>
      new Promise((resolve, reject) =>
        broker.findDeals(sinceMs, deals => (deals ? resolve(deals) : reject(new Error('no answer')))),
      ),
  }
}
