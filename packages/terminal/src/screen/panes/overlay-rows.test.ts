import { expect, it } from 'vitest'
import { ENGLISH } from '../../texts/english.ts'
import { said } from '../test/said.ts'
import type { HelpRow, OverlayView } from '../view.ts'
import { overlayRows } from './overlay-rows.ts'

const KEYS: readonly HelpRow[] = Array.from({ length: 46 }, (_, at) => ({
  chords: `F${at}`,
  label: `does what key ${at} does`,
  kind: at === 45 ? 'exit' : 'other',
  danger: 'none',
  context: '',
}))

type Help = Extract<OverlayView, { kind: 'help' }>

function helpText(room: { readonly width: number; readonly height: number }, change: Partial<Help> = {}): string {
  const help: OverlayView = { kind: 'help', rows: KEYS, page: 0, turn: 'PgDn', ...change }
  const rows = overlayRows(help, room, ENGLISH)
  expect(rows.length).toBeLessThanOrEqual(room.height)
  return rows.map(row => said(row)).join('\n')
}

const pagesOf = (text: string): number => Number(/page \d+ of (\d+)/.exec(text)?.[1] ?? 1)
const keysIn = (text: string): readonly string[] => text.match(/\bF\d+\b/g) ?? []

it.each([
  [40, 6],
  [40, 14],
  [60, 14],
  [80, 16],
  [120, 30],
])('in %dx%d every key is on one of the pages, once', (width, height) => {
  const pages = pagesOf(helpText({ width, height }))
  const keys = Array.from({ length: pages }, (_, page) => keysIn(helpText({ width, height }, { page }))).flat()
  expect(keys.toSorted()).toEqual(KEYS.map(({ chords }) => chords).toSorted())
})

it('begins with the exits, again behind the last page, and with the last before the first', () => {
  const room = { width: 80, height: 16 }
  const pages = pagesOf(helpText(room))
  expect(keysIn(helpText(room))[0]).toBe('F45')
  expect(helpText(room, { page: pages })).toBe(helpText(room))
  expect(helpText(room, { page: -1 })).toBe(helpText(room, { page: pages - 1 }))
})

it('says which key turns the page; where none is bound, how many keys are not shown', () => {
  expect(helpText({ width: 40, height: 14 })).toContain('PgDn: page 1 of 4')
  expect(helpText({ width: 40, height: 14 }, { turn: null })).toContain('+ 34 more')
  expect(helpText({ width: 120, height: 30 })).not.toContain('page')
})

it.each([
  [40, 12],
  [60, 15],
  [80, 24],
  [200, 40],
])('in %dx%d says the rules of the chosen market and the note whole', (width, height) => {
  const detail = 'size from 0.1 · stop from 1 point · spread 0.3 · margin 5 % · deals, no edits'
  const rows = Array.from({ length: 30 }, (_, at) => ({
    name: `Market ${at}`,
    epic: `CS.D.M${at}.CFD.IP`,
    detail,
    isSelected: at === 17,
  }))
  const note = 'the broker’s allowance is short: asked again in 12 s'
  const shown = overlayRows({ kind: 'picker', typed: 'm', rows, note }, { width, height }, ENGLISH).map(row =>
    said(row),
  )
  expect(shown).toHaveLength(Math.min(height, rows.length + 3))
  const at = shown.findIndex(row => row.startsWith('› Market 17'))
  const words = (lines: readonly string[]) => lines.map(line => line.trim()).join(' ')
  expect(words(shown.slice(at))).toContain(detail)
  expect(words(shown)).toContain(note)
})
