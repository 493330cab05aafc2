import { Decimal } from 'decimal.js'
import { describe, expect, it } from 'vitest'
import type { DealId } from '../ids.ts'
import type { LimitLeg, StopLeg } from '../order.ts'
import { type Contract, EURUSD, startContract } from '../testing/contract-broker.ts'

const points = (text: number) => ({ distancePoints: new Decimal(text) })
const level = (text: string) => ({ level: new Decimal(text) })

describe('opening with legs', () => {
  it.each<[string, { stop?: StopLeg; limit?: LimitLeg }, string]>([
    ['a stop by its distance', { stop: points(20) }, '1.08223 -'],
    ['a stop by its level', { stop: level('1.082') }, '1.082 -'],
    ['a guaranteed stop by its distance', { stop: { ...points(20), isGuaranteed: true } }, '1.08223 - guaranteed'],
    ['a guaranteed stop by its level', { stop: { ...level('1.082'), isGuaranteed: true } }, '1.082 - guaranteed'],
    ['a trailing stop', { stop: { ...points(20), stepPoints: new Decimal(5) } }, '1.08223 - trailing 20/5'],
    ['a limit by its distance', { limit: points(40) }, '- 1.08823'],
    ['a limit by its level', { limit: level('1.09') }, '- 1.09'],
    ['both', { stop: points(20), limit: level('1.09') }, '1.08223 1.09'],
  ])('%s', async (_what, legs, expected) => {
    await using contract = await startContract()
    const { ig } = contract
    const dealt = await contract.dealt(ig.positions.open({ ...(await contract.terms()), ...legs }))
    const [id] = dealt.dealIds
    expect(id && (await legsOf(contract, id))).toBe(expected)
    const outcome = dealt.confirm?.outcome
    expect(outcome).toMatchObject({
      isGuaranteed: expected.includes('guaranteed'),
      isTrailing: expected.includes('trailing'),
    })
  })

  it.each<[string, StopLeg]>([
    ['a guaranteed stop', { ...points(20), isGuaranteed: true }],
    ['a trailing stop', { ...points(20), stepPoints: new Decimal(5) }],
  ])('%s of a sale lies above it', async (_what, stop) => {
    await using contract = await startContract()
    const terms = await contract.terms({ direction: 'SELL' })
    const [id] = (await contract.dealt(contract.ig.positions.open({ ...terms, stop }))).dealIds
    expect(id && (await contract.ig.positions.get(id))?.stopLevel?.toFixed()).toBe('1.08617')
  })
})

describe('legs at work', () => {
  it('a stop deals at the price that reached it, which may be worse', async () => {
    await using contract = await startContract()
    const { ig, broker } = contract
    await open(contract, { stop: points(20) })
    broker.injectTick(EURUSD, '1.08224', '1.08230')
    expect(await ig.positions.list()).toHaveLength(1)
    broker.injectTick(EURUSD, '1.08000', '1.08006')
    expect(await ig.positions.list()).toEqual([])
    // 42.3 points of 10 dollars, at 1.08 dollars for a euro.
    expect(await cash(contract)).toBe(new Decimal(100_000).minus(new Decimal(423).div('1.08').toFixed(2)).toFixed(2))
  })

  it('a guaranteed stop deals at its own level whatever the price, and costs its premium', async () => {
    await using contract = await startContract()
    await open(contract, { stop: { ...points(20), isGuaranteed: true } })
    const [position] = await contract.ig.positions.list()
    expect(position?.limitedRiskPremium?.toFixed()).toBe('1.2')
    contract.broker.injectTick(EURUSD, '1.08000', '1.08006')
    const loss = new Decimal(200).div('1.08').toFixed(2)
    const premium = new Decimal(12).div('1.08').toFixed(2)
    expect(await cash(contract)).toBe(new Decimal(100_000).minus(loss).minus(premium).toFixed(2))
  })

  it('a limit deals at its level or better', async () => {
    await using contract = await startContract()
    await open(contract, { limit: points(10) })
    contract.broker.injectTick(EURUSD, '1.08523', '1.08529')
    expect(await contract.ig.positions.list()).toEqual([])
    expect(await cash(contract)).toBe(new Decimal(100_000).plus(new Decimal(100).div('1.08').toFixed(2)).toFixed(2))
  })

  it('a trailing stop follows by whole steps, and never goes back', async () => {
    await using contract = await startContract()
    const { broker } = contract
    const id = await open(contract, { stop: { ...points(20), stepPoints: new Decimal(5) } })
    const follow: readonly (readonly [string, string, string])[] = [
      ['1.08460', '1.08466', '1.08223'],
      ['1.08473', '1.08479', '1.08273'],
      ['1.08400', '1.08406', '1.08273'],
      ['1.08580', '1.08586', '1.08373'],
    ]
    for (const [bid, offer, stop] of follow) {
      broker.injectTick(EURUSD, bid, offer)
      expect([bid, await legsOf(contract, id)]).toEqual([bid, `${stop} - trailing 20/5`])
    }
    broker.injectTick(EURUSD, '1.08373', '1.08379')
    expect(await contract.ig.positions.list()).toEqual([])
  })
})

describe('changing legs', () => {
  it('makes a stop trail, and lets it go', async () => {
    await using contract = await startContract()
    const id = await open(contract, { stop: points(20) })
    const stopLevel = new Decimal('1.08217')
    const trailingStop = { ...points(20), stepPoints: new Decimal(5) }
    await change(contract, { dealId: id, stopLevel, limitLevel: null, trailingStop })
    expect(await legsOf(contract, id)).toBe('1.08217 - trailing 20/5')
    await change(contract, { dealId: id, stopLevel: null, limitLevel: null })
    expect(await legsOf(contract, id)).toBe('- -')
  })

  it('moves a guaranteed stop, which stays one', async () => {
    await using contract = await startContract()
    const id = await open(contract, { stop: { ...points(20), isGuaranteed: true } })
    await change(contract, { dealId: id, stopLevel: new Decimal('1.083'), limitLevel: null, isGuaranteed: true })
    expect(await legsOf(contract, id)).toBe('1.083 - guaranteed')
    const sent = contract.ig.positions.amend({ dealId: id, stopLevel: new Decimal('1.083'), limitLevel: null })
    expect(await contract.settled(sent)).toMatchObject({ kind: 'rejected', reason: 'CANNOT_CHANGE_STOP_TYPE' })
    expect(await legsOf(contract, id)).toBe('1.083 - guaranteed')
  })
})

async function open(contract: Contract, legs: { stop?: StopLeg; limit?: LimitLeg }): Promise<DealId> {
  const [id] = (await contract.dealt(contract.ig.positions.open({ ...(await contract.terms()), ...legs }))).dealIds
  if (id === undefined) throw new Error('expected a deal id')
  return id
}

async function change(contract: Contract, order: Parameters<Contract['ig']['positions']['amend']>[0]): Promise<void> {
  await contract.dealt(contract.ig.positions.amend(order))
}

/** Such as `1.08223 - guaranteed`: stop, limit, and the kind of the stop. */
async function legsOf({ ig }: Contract, id: DealId): Promise<string> {
  const position = await ig.positions.get(id)
  if (position === null) throw new Error('expected the position to be open')
  const { stopLevel, limitLevel, isGuaranteed, trailingStop } = position
  const kind = isGuaranteed ? ' guaranteed' : ''
  const trail = trailingStop === null ? '' : ` trailing ${trailingStop.distancePoints}/${trailingStop.stepPoints}`
  return `${stopLevel?.toFixed() ?? '-'} ${limitLevel?.toFixed() ?? '-'}${kind}${trail}`
}

async function cash({ ig }: Contract): Promise<string> {
  const [account] = await ig.accounts.list()
  return account?.balance?.cash.toFixed(2) ?? ''
}
