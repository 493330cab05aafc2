import { describe, expect, it } from 'vitest'
import { JsonNode } from '../json/json-node.ts'
import { type LinkedPage, linkedRows, type PageBounds } from './linked-pages.ts'

const FIRST = { from: '2024-05-01T00:00:00' }

describe('pages that lead to each other', () => {
  it.each([
    ['whole seconds', '2024-05-20T09:12:44', '2024-05-20T09:12:46'],
    ['more than 19 characters', '2024-05-20T09:12:44.250', '2024-05-20T09:12:46'],
    ['a zone behind', '2024-05-20T09:12:44+01:00', '2024-05-20T09:12:46+01:00'],
    ['percent-encoding', '2024-05-20T09%3A12%3A44', '2024-05-20T09:12:46'],
    ['milliseconds since 1970', '1716196364000', '1716196366000'],
    ['a form of its own', 'T-20:9h', 'T-20:9h'],
  ])('overlap by two seconds where the link has %s', async (_title, to, asked) => {
    const source = scripted([page(['a'], `from=2024-05-01T00:00:00&to=${to}`), page(['b'], null)])
    expect(await labels(source)).toEqual(['a', 'b'])
    expect(source.asked[1]).toEqual({ bounds: { from: '2024-05-01T00:00:00', to: asked }, pageSize: 500 })
  })

  it('keep a bound that the link only writes in another way', async () => {
    const to = 'to=2024-05-20T09:12:44'
    const source = scripted([page(['a'], `from=2024-05-01T00:00:00.000&${to}`), page(['b'], null)])
    await labels(source)
    expect(source.asked[1]?.bounds).toEqual({ from: '2024-05-01T00:00:00', to: '2024-05-20T09:12:46' })
  })

  it('take what IG adds to the link, and neither what the query says itself nor another address', async () => {
    const link =
      'https://elsewhere.example/x?version=3&cursor=a%3Db&pageSize=10&detailed=false&from=2024-05-01T00:00:00'
    const source = scripted([{ rows: rows(['a']), next: link }, page(['b'], null)])
    expect(await labels(source)).toEqual(['a', 'b'])
    expect(source.asked[1]).toEqual({ bounds: { cursor: 'a=b', from: '2024-05-01T00:00:00' }, pageSize: 500 })
  })

  it('end although the last one shows only rows of the overlap, when IG gives a link behind it', async () => {
    const link = 'to=2024-05-20T09:12:44'
    const source = scripted([page(['a', 'b'], link), page(['b'], link), page([], null)])
    expect(await labels(source)).toEqual(['a', 'b'])
    expect(source.asked.map(({ bounds }) => bounds.to)).toEqual([
      undefined,
      '2024-05-20T09:12:46',
      '2024-05-20T09:12:44',
    ])
  })

  it('may be empty, as a filter leaves them', async () => {
    const source = scripted([page([], 'to=2024-05-20T00:00:00'), page([], 'to=2024-05-19T00:00:00'), page(['a'], null)])
    expect(await labels(source)).toEqual(['a'])
  })

  it.each([
    ['to itself', () => 'to=2024-05-20T00:00:00', 2],
    ['ever further without a row', (call: number) => `to=2024-05-20T00:00:00&cursor=${call}`, 100],
    ['nowhere', () => '', 2],
  ])('are given up, loudly, when an empty one leads %s', async (_title, link, most) => {
    let calls = 0
    const source = { ...scripted([]), read: async () => page([], link(++calls)) }
    await expect(labels(source)).rejects.toMatchObject({ code: 'paging-stuck' })
    expect(calls).toBeLessThanOrEqual(most)
  })

  it('are asked for at the largest size where a small one shows nothing new', async () => {
    const link = 'to=2024-05-20T09:12:44'
    const source = scripted([page(['a', 'b'], link), page(['a', 'b'], link), page(['a', 'b', 'c'], null)], 10)
    expect(await labels(source)).toEqual(['a', 'b', 'c'])
    expect(source.asked.map(({ pageSize }) => pageSize)).toEqual([10, 10, 500])
  })

  it('are read no further than wanted', async () => {
    const source = scripted([page(['a', 'b'], 'to=2024-05-20T09:12:44')])
    for await (const _row of linkedRows(source)) break
    expect(source.asked).toHaveLength(1)
  })
})

interface Asked {
  readonly bounds: PageBounds
  readonly pageSize: number
}

function scripted(pages: readonly LinkedPage[], pageSize = 500) {
  const asked: Asked[] = []
  const fixed = new Set(['version', 'detailed', 'pageSize'])
  return {
    first: FIRST,
    pageSize,
    fixed,
    asked,
    async read(bounds: PageBounds, size: number): Promise<LinkedPage> {
      asked.push({ bounds, pageSize: size })
      const answer = pages[asked.length - 1]
      if (answer === undefined) throw new Error(`the script has no page ${asked.length}`)
      return answer
    },
  }
}

function page(of: readonly string[], query: string | null): LinkedPage {
  return { rows: rows(of), next: query === null ? null : `/history/activity?${query}` }
}

function rows(of: readonly string[]): readonly JsonNode[] {
  return of.map((label, index) => new JsonNode(label, `activities[${index}]`))
}

async function labels(source: Parameters<typeof linkedRows>[0]): Promise<readonly unknown[]> {
  const seen: unknown[] = []
  for await (const row of linkedRows(source)) seen.push(row.value)
  return seen
}
