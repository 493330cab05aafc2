import type { Contract } from '../contract.ts'
import { record, say, type Turn, update } from '../turn.ts'
import { message } from '../words/message.ts'
import { tellDay } from './day-keeping.ts'

/** The market is traded from now on, beside the others; one that is traded already keeps what was chosen for it. */
export function tradeMarket(turn: Turn, contract: Contract): void {
  const { contracts } = turn.state
  const { epic, name, currency, currencyPerBase, contractSize, pointsPerUnit, decimals } = contract.market
  if (contracts.has(epic)) return say(turn, 'info', message('traded-already', { market: name }))
  update(turn, { contracts: new Map(contracts).set(epic, contract) })
  tellDay(turn, { kind: 'rate', currency, perBase: currencyPerBase, atMs: turn.atMs })
  record(turn, {
    kind: 'market-traded',
    atMs: turn.atMs,
    epic,
    name,
    currency,
    currencyPerBase: currencyPerBase?.toFixed() ?? null,
    contractSize: contractSize.toFixed(),
    pointsPerUnit,
    decimals,
  })
  say(turn, 'info', message('traded', { market: name, preset: contract.chosen.name }))
}
