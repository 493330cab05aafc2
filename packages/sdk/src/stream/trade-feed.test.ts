import { expect, it } from 'vitest'
import { playedStream } from '../testing/played-stream.ts'
import type { TradeEvent } from '../trade-event.ts'

// Transcripts: TLCP specification, and IG Labs, Streaming API reference, "TRADE".

const CONFIRM =
  '%7B"dealReference":"REF-1","dealId":"DI1","dealStatus":"ACCEPTED","epic":"CS.D.EURUSD.CFD.IP","direction":"BUY"%7D'

/** A stream with a subscription to trades. `log` has statuses and events. */
function start() {
  const played = playedStream()
  const log: string[] = []
  played.stream.onStatus(status => log.push(status.kind))
  const subscription = played.stream.trades(event => log.push(describeEvent(event)))
  log.splice(0)
  return { ...played, log, subscription }
}

function describeEvent(event: TradeEvent): string {
  return event.kind === 'feed' ? event.state : event.kind
}

it('listens from SUBOK on, which is told before any event', async () => {
  const run = start()
  await run.connect('S1')
  expect(run.log.splice(0)).toEqual(['live'])
  run.say('SUBOK,1,1,3', 'CONF,1,unlimited,filtered', `U,1,1,${CONFIRM}|#|#`)
  expect(run.log).toEqual(['listening', 'confirm'])
})

it('is interrupted when the session is gone, and listens again in the next one', async () => {
  const run = start()
  await run.connect('S1')
  run.say('SUBOK,1,1,3')
  run.log.splice(0)
  run.say('END,48,expired')
  expect(run.log.splice(0)).toEqual(['interrupted', 'waiting'])
  await run.connect('S2')
  expect(run.log.splice(0)).toEqual(['connecting', 'live'])
  run.say('SUBOK,1,1,3', `U,1,1,${CONFIRM}|#|#`)
  expect(run.log).toEqual(['listening', 'confirm'])
})

it('says that it listens whenever the status is live again on the same session', async () => {
  const run = start()
  await run.connect('S1')
  run.say('SUBOK,1,1,3')
  for (let second = 0; second < 6; second++) {
    run.clock.advance(1_000)
    run.say('PROBE')
  }
  run.log.splice(0)
  run.drop()
  await run.connect('S1')
  run.say('PROG,1', `U,1,1,${CONFIRM}|#|#`)
  expect(run.log.splice(0)).toEqual(['connecting', 'live', 'listening', 'confirm'])
  run.clock.advance(2_000)
  run.say('PROBE')
  expect(run.log).toEqual(['stalled', 'live', 'listening'])
})

it('is interrupted by a row that cannot be read, until it is subscribed again', async () => {
  const run = start()
  await run.connect('S1')
  run.say('SUBOK,1,1,3')
  run.log.splice(0)
  run.say('U,1,1,^Tab|#|#')
  expect(run.log.splice(0)).toEqual(['interrupted', 'unreadable'])
  run.clock.advance(1_000)
  run.say('UNSUB,1', 'SUBOK,2,1,3')
  expect(run.log).toEqual(['listening'])
})

it('is interrupted when it is refused', async () => {
  const run = start()
  await run.connect('S1')
  run.say('REQERR,1,-1,no such account')
  expect(run.log).toEqual(['live', 'interrupted', 'unreadable'])
})

it('goes on listening when the server dropped rows or an event could not be read', async () => {
  const run = start()
  await run.connect('S1')
  run.say('SUBOK,1,1,3', 'OV,1,1,2', 'U,1,1,nonsense|#|#')
  expect(run.log).toEqual(['live', 'listening', 'unreadable', 'unreadable'])
})

it('says nothing after it was left', async () => {
  const run = start()
  await run.connect('S1')
  run.say('SUBOK,1,1,3')
  run.log.splice(0)
  run.subscription.close()
  run.say('UNSUB,1', 'END,48,expired')
  expect(run.log).toEqual(['waiting'])
})
