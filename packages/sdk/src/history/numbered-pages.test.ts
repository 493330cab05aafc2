import { describe, expect, it } from 'vitest'
import { DecodeError } from '../errors.ts'
import { decodeNumberedPage, type NumberedPage, numberedRows } from './numbered-pages.ts'

describe('pages with numbers', () => {
  it('are one call where one holds all', async () => {
    expect(await read([page(['a', 'b'], 2, 1)])).toEqual({ rows: ['a', 'b'], asked: [1] })
  })

  it('are not expected where there are none', async () => {
    expect(await read([page([], 0, 0)])).toEqual({ rows: [], asked: [1] })
  })

  it('are read once where the size counts the whole list', async () => {
    expect(await read([page(['a', 'b'], 3, 2), page(['c'], 3, 2)])).toEqual({ rows: ['a', 'b', 'c'], asked: [1, 2] })
  })

  it('are read twice where nothing else tells that the list rested', async () => {
    const pages = [page(['a', 'b'], 2, 2), page(['c'], 1, 2)]
    expect(await read([...pages, ...pages])).toEqual({ rows: ['a', 'b', 'c'], asked: [1, 2, 1, 2] })
  })

  it('are read again when one came short, and what was given is not given again', async () => {
    const whole = [page(['a', 'b'], 4, 2), page(['c', 'd'], 4, 2)]
    expect(await read([page(['a', 'b'], 4, 2), page(['c'], 4, 2), ...whole])).toEqual({
      rows: ['a', 'b', 'c', 'd'],
      asked: [1, 2, 1, 2],
    })
  })

  it('are read again when a row came in front, and rows that are alike stay two', async () => {
    const moved = [page(['new', 'a'], 4, 2), page(['a', 'b'], 4, 2)]
    expect(await read([page(['a', 'a'], 3, 2), page(['a', 'b'], 4, 2), ...moved])).toEqual({
      rows: ['a', 'a', 'new', 'b'],
      asked: [1, 2, 1, 2],
    })
  })

  it('are read until one is not full where IG does not count them', async () => {
    const pages = [page(['a', 'b'], null, null), page(['c'], null, null)]
    expect(await read([...pages, ...pages])).toEqual({ rows: ['a', 'b', 'c'], asked: [1, 2, 1, 2] })
  })

  it.each([
    ['is full for ever', page(['a', 'b'], null, null), 'paging-endless'],
    ['has pages that are empty', { ...page([], 9, 1e9), pageSize: 2 }, 'paging-unsteady'],
  ])('are given up, loudly, when the list %s', async (_title, answer, code) => {
    const reading = async () => {
      for await (const _row of numberedRows(async () => answer, 2));
    }
    await expect(reading()).rejects.toMatchObject({ code })
  })

  it('keep their rows without metadata', () => {
    const { rows, ...counts } = decodeNumberedPage({ transactions: [{}], metadata: null }, 'transactions')
    expect(rows).toHaveLength(1)
    expect(counts).toEqual({ size: null, pageSize: null, totalPages: null })
  })

  it('are refused without rows', () => {
    expect(() => decodeNumberedPage({ metadata: {} }, 'transactions')).toThrow(DecodeError)
  })
})

function page(rows: readonly string[], size: number | null, totalPages: number | null): NumberedPage {
  const metadata = { size, pageData: { pageSize: 2, pageNumber: 1, totalPages } }
  return decodeNumberedPage({ transactions: rows, metadata }, 'transactions')
}

async function read(pages: readonly NumberedPage[]): Promise<{ rows: readonly unknown[]; asked: readonly number[] }> {
  const asked: number[] = []
  const rows: unknown[] = []
  const source = async (pageNumber: number): Promise<NumberedPage> => {
    asked.push(pageNumber)
    const answer = pages[asked.length - 1]
    if (answer === undefined) throw new Error(`the script has no answer ${asked.length}`)
    return answer
  }
  for await (const row of numberedRows(source, 2)) rows.push(row.value)
  return { rows, asked }
}
