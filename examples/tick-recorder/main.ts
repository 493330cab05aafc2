// Writes what a market quotes to a file that the mock broker, a backtest and the trading screen can play.
import { appendFileSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startMockBroker } from '@scalpdesk/mock-broker'
import { markets as known, openTape, tapeWriter } from '@scalpdesk/mock-broker/engine'
import { connectIg, epic } from '@scalpdesk/sdk'

await using broker = await startMockBroker({ seed: 1 })
await using ig = await connectIg({
  environment: new URL(broker.url),
  credentials: { apiKey: broker.apiKey, identifier: broker.username, password: broker.password },
})
const market = await ig.markets.get(epic('CS.D.EURUSD.CFD.IP'))
const file = join(mkdtempSync(join(tmpdir(), 'tick-recorder-')), 'eurusd.tape')

const startMs = Date.now()
const tape = tapeWriter({ startMs, markets: [{ epic: market.epic, decimals: market.decimals }] })
writeFileSync(file, tape.header)
let [ticks, lastMs] = [0, startMs]
const enough = Promise.withResolvers<void>()
ig.stream.prices([market], ({ bidUnits, offerUnits, decimals, brokerTimeMs }) => {
  // A side may be missing. Prices finer than the market's would need a tape of more decimals: rounding would be a lie.
  if (bidUnits === null || offerUnits === null || decimals !== market.decimals) return
  // Times on a tape never go back; the first quote is older than the recording.
  lastMs = Math.max(lastMs, brokerTimeMs ?? lastMs)
  appendFileSync(file, tape.line({ kind: 'tick', epic: market.epic, atMs: lastMs, bidUnits, offerUnits }))
  if (++ticks === 20) enough.resolve()
})
await enough.promise

const written = await openTape(file, { markets: known, strict: true })
console.log(`${ticks} ticks of ${written.markets[0]?.name} in ${file}`)
await written.close()
