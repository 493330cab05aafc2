/**
 * One client beside the floor in one process, in blocks that alternate, so that the machine's drift meets both alike. Run by orders.ts.
 * Arguments: client, port, `https` or `http`, blocks, orders a block, warm-up orders.
 */
import { type ClientName, connectClient, type OrderClient } from './order-client.ts'
import { say } from './pinned-process.ts'
import { median } from './statistics.ts'

export interface OrderRound {
  /** Each order of the round, in microseconds. */
  readonly clientUs: readonly number[]
  readonly floorUs: readonly number[]
  /** Client / floor of the p50 and of the CPU time: of each block, then the median of the blocks. */
  readonly p50Ratio: number
  readonly cpuRatio: number
  readonly clientCpuUs: number
  readonly floorCpuUs: number
  /** The client's first order in the process. */
  readonly firstUs: number
}

interface Block {
  readonly us: readonly number[]
  /** An order's. */
  readonly cpuUs: number
}

const [name = '', port = '', protocol = '', blocks = '40', perBlock = '50', warmUp = '1000'] = process.argv.slice(2)
const broker = { port: Number(port), isTls: protocol === 'https' }
/** No name of an order is used twice, here or by the peers of other rounds. */
let nextIndex = Math.floor(process.hrtime()[0]) * 1_000_000

say(await round())
process.exit()

async function round(): Promise<OrderRound> {
  const client = await connectClient(name as ClientName, broker)
  const firstUs = (await run(client, 1)).us[0] ?? Number.NaN
  await run(client, Number(warmUp))
  const floor = await connectClient('floor', broker)
  await run(floor, Number(warmUp))
  const pairs: { readonly ours: Block; readonly floors: Block }[] = []
  for (let block = 0; block < Number(blocks); block += 1) pairs.push(await pair(client, floor, block % 2 === 0))
  const middle = (of: (pair: (typeof pairs)[number]) => number): number => median(pairs.map(of))
  return {
    clientUs: pairs.flatMap(pair => pair.ours.us),
    floorUs: pairs.flatMap(pair => pair.floors.us),
    p50Ratio: middle(({ ours, floors }) => median(ours.us) / median(floors.us)),
    cpuRatio: middle(({ ours, floors }) => ours.cpuUs / floors.cpuUs),
    clientCpuUs: middle(({ ours }) => ours.cpuUs),
    floorCpuUs: middle(({ floors }) => floors.cpuUs),
    firstUs,
  }
}

async function pair(client: OrderClient, floor: OrderClient, isClientFirst: boolean) {
  if (isClientFirst) {
    const ours = await run(client, Number(perBlock))
    return { ours, floors: await run(floor, Number(perBlock)) }
  }
  const floors = await run(floor, Number(perBlock))
  return { ours: await run(client, Number(perBlock)), floors }
}

async function run(client: OrderClient, count: number): Promise<Block> {
  const us: number[] = []
  let answer: unknown
  const before = process.cpuUsage()
  for (let order = 0; order < count; order += 1) {
    const startNs = process.hrtime.bigint()
    answer = await client.order(nextIndex)
    us.push(Number(process.hrtime.bigint() - startNs) / 1_000)
    nextIndex += 1
  }
  const { user, system } = process.cpuUsage(before)
  if (!client.isConfirm(answer)) throw new Error(`expected ${name} to get a confirm, but got ${JSON.stringify(answer)}`)
  return { us, cpuUs: (user + system) / count }
}
