// What a stranger does with the packed package: a new bot's sample is played to a strategy.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { backtest, buy, close, defineStrategy, openTicks, summaryOf } from '@scalpdesk/bots'
import { scaffold } from '@scalpdesk/bots/scaffold'

const folder = mkdtempSync(join(tmpdir(), 'packed-bot-'))
const files = scaffold({ name: 'packed-bot', bots: '*', program: '*', overrides: null })
const sample = join(folder, 'sample.tape')
writeFileSync(sample, files['sample.tape'] ?? '')

const strategy = defineStrategy({
  name: 'packed-bot',
  state: () => ({ ticks: 0 }),
  decide({ state, position, isBusy }) {
    if (isBusy || state.ticks++ % 100 !== 0) return null
    return position ? close(position.dealId) : buy(1, { stop: 10 })
  },
})
const feed = await openTicks([sample])
const { trades, openAtEnd, failure } = summaryOf(await backtest({ strategy, feed }))
await feed.close()
rmSync(folder, { recursive: true })
if (trades === 0 || openAtEnd > 0 || failure !== null)
  throw new Error(`expected trades and nothing open, but got ${trades} and ${openAtEnd}`)
console.log(`@scalpdesk/bots: ${trades} trades on the sample of a new bot`)
