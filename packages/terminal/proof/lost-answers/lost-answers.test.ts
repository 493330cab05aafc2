import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { Cell } from './cell.ts'
import { CLIENTS, type ClientId } from './client.ts'
import { FAULTS, type FaultId } from './fault.ts'
import { QUICK } from './limits.ts'
import { markdown, orderTable, when } from './markdown.ts'
import type { StatementKind } from './statement.ts'
import { runTable } from './table.ts'
import { brokenPromises, foundByItself, knowledge } from './verdict.ts'

/** The quick form of `pnpm lost-answers`: real processes, real sockets, orders counted at the broker. */

it('sends each order of ours once, whatever becomes of its answer, and tells nothing that is not so', async () => {
  const cells = await runTable(QUICK, ['sdk', 'desk', 'ig-trading-api'])
  const of = (client: ClientId, fault: FaultId) =>
    cells.find(cell => cell.client.id === client && cell.fault.id === fault)!

  expect(cells.flatMap(brokenPromises)).toEqual([])
  for (const client of ['sdk', 'desk'] as const) {
    for (const fault of ['504', 'reset', 'hang', 'late', 'empty', 'html'] as const) {
      const cell = of(client, fault)
      expect({ client, fault, orders: cell.orders, held: cell.held, knowledge: knowledge(cell) }).toEqual({
        client,
        fault,
        orders: 1,
        held: 1,
        knowledge: 'known',
      })
    }
    for (const fault of ['504', 'reset', 'empty', 'html'] as const) expect(foundByItself(of(client, fault))).toBe(true)
    expect(of(client, '4xx')).toMatchObject({ orders: 1, held: 0, told: [{ kind: 'refused' }] })
    // Nothing proves that the broker did not get it: it is said so, and asked on.
    expect(of(client, 'reset-before')).toMatchObject({ orders: 0, held: 0, isCutOff: true })
    expect(knowledge(of(client, 'reset-before'))).toBe('open')
  }
  // The SDK alone waits for its own limit, then finds out; the desk is told by the stream before that.
  expect(when(of('sdk', 'hang'), QUICK)).toBe('after its own time limit')
  expect(foundByItself(of('sdk', 'hang'))).toBe(true)
  expect(of('desk', 'hang').told).toMatchObject([{ kind: 'opened' }])

  // That a second order would be seen is shown by a client that sends one.
  expect(of('ig-trading-api', '504')).toMatchObject({ orders: 2, held: 2 })
  expect(of('ig-trading-api', 'reset')).toMatchObject({ orders: 2, held: 2 })
  expect(markdown(cells, QUICK)).toContain('| 504 after accept | ig-trading-api 0.13.9 | **2** | 2 |')

  // The formatter of the README aligns its columns.
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8').replaceAll(/ +/g, ' ')
  const [head, , sdk, desk] = orderTable(cells).split('\n')
  for (const line of [head, sdk, desk]) expect(readme).toContain(line)
}, 120_000)

function aCell(orders: number, held: number, ...kinds: readonly StatementKind[]): Cell {
  return {
    client: CLIENTS[0]!,
    fault: FAULTS[0]!,
    orders,
    held,
    told: kinds.map(kind => ({ kind, words: kind, afterMs: 1 })),
    isCutOff: false,
  }
}

it.each<[what: string, cell: Cell, broken: string | null]>([
  ['one order, found', aCell(1, 1, 'unknown', 'opened'), null],
  ['one order, known at once', aCell(1, 1, 'opened'), null],
  ['a refusal', aCell(1, 0, 'refused'), null],
  ['two orders', aCell(2, 2, 'unknown', 'opened'), 'one order at most'],
  ['two orders, one of them dealt', aCell(2, 1, 'opened'), 'one order at most'],
  ['a refusal of what is held', aCell(1, 1, 'refused'), 'the truth'],
  ['a refusal that is taken back', aCell(1, 1, 'refused', 'opened'), 'the truth'],
  ['an opening of what is not held', aCell(1, 0, 'opened'), 'the truth'],
  ['an error that says nothing', aCell(1, 1, 'error'), 'the truth'],
  ['a success that says nothing', aCell(1, 1, 'blank'), 'the truth'],
  ['silence', aCell(1, 1), 'the truth'],
  ['a position that is never found', aCell(1, 1, 'unknown'), 'to be found'],
])('judges %s', (_what, cell, broken) => {
  const sentences = brokenPromises(cell)
  if (broken === null) expect(sentences).toEqual([])
  else expect(sentences.join('\n')).toContain(broken)
})

it('names the versions that are installed', () => {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  const { devDependencies }: { readonly devDependencies: Readonly<Record<string, string>> } = JSON.parse(text)
  for (const { id, title, isOurs } of CLIENTS) if (!isOurs) expect(title).toBe(`${id} ${devDependencies[id]}`)
})

it('asks no promise of clients that are not ours', () => {
  const client = CLIENTS.find(({ isOurs }) => !isOurs)!
  expect(brokenPromises({ ...aCell(2, 2, 'opened'), client })).toEqual([])
})
