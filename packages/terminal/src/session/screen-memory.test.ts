import { mkdirSync, mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { LAYOUT_NAMES, TIME_FRAMES } from '../screen/view.ts'
import {
  NOTHING_REMEMBERED,
  type Remembered,
  recallScreen,
  rememberScreen,
  screenMemoryFile,
  withRecent,
} from './screen-memory.ts'

const newFile = () => screenMemoryFile(mkdtempSync(join(tmpdir(), 'screen-memory-')))
const SOMETHING: Remembered = {
  layout: 'ladder',
  timeFrame: '1m',
  market: 'CS.D.EURUSD.CFD.IP',
  recent: [{ epic: 'CS.D.EURUSD.CFD.IP', name: 'EUR/USD' }],
  chosen: { 'CS.D.EURUSD.CFD.IP': { preset: 'scalp', sizeKey: 2 } },
}

it('reads back what was written, owner-only, and leaves nothing beside it', () => {
  const file = newFile()
  rememberScreen(file, SOMETHING)
  expect(recallScreen(file)).toEqual({ remembered: SOMETHING, problem: null })
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readdirSync(dirname(file))).toEqual(['screen.json'])
})

it('remembers nothing where there is no file, and that is no problem', () => {
  expect(recallScreen(newFile())).toEqual({ remembered: NOTHING_REMEMBERED, problem: null })
})

it.each([
  ['half a file', '{ "layout": "lad'],
  ['an empty file', ''],
  ['a list', '[]'],
  ['no text at all', '\u0000\u0001'],
])('begins anew with %s, and says so', (_what, text) => {
  const file = newFile()
  writeFileSync(file, text)
  expect(recallScreen(file)).toMatchObject({ remembered: NOTHING_REMEMBERED, problem: expect.stringContaining(file) })
})

it('begins anew where the file cannot be read, and says so', () => {
  const file = newFile()
  mkdirSync(file)
  expect(recallScreen(file).problem).toContain(file)
})

it('leaves out what is not what it should be, and keeps the rest', () => {
  const file = newFile()
  const odd = {
    layout: 'sideways',
    timeFrame: '5s',
    market: 7,
    recent: [{ epic: 'A', name: 'B' }, 'C', null],
    chosen: { A: { preset: 'x', sizeKey: 10 }, B: { preset: 'y', sizeKey: 9 } },
  }
  writeFileSync(file, JSON.stringify(odd))
  expect(recallScreen(file)).toEqual({
    remembered: {
      layout: null,
      timeFrame: '5s',
      market: null,
      recent: [{ epic: 'A', name: 'B' }],
      chosen: { B: { preset: 'y', sizeKey: 9 } },
    },
    problem: null,
  })
})

it('takes any JSON without a throw, and gives only what can be used', () => {
  const file = newFile()
  fc.assert(
    fc.property(fc.json(), text => {
      writeFileSync(file, text)
      const { layout, timeFrame } = recallScreen(file).remembered
      expect([null, ...LAYOUT_NAMES]).toContain(layout)
      expect([null, ...TIME_FRAMES]).toContain(timeFrame)
    }),
    { numRuns: 200 },
  )
})

it('keeps the newest of what was picked, each once', () => {
  const picked = (name: string) => ({ epic: name, name })
  let remembered = NOTHING_REMEMBERED
  for (let index = 1; index <= 14; index++) remembered = withRecent(remembered, picked(`M${index}`))
  remembered = withRecent(remembered, picked('M10'))
  expect(remembered.market).toBe('M10')
  expect(remembered.recent.map(({ epic }) => epic)).toEqual([
    'M10',
    'M14',
    'M13',
    'M12',
    'M11',
    'M9',
    'M8',
    'M7',
    'M6',
    'M5',
    'M4',
    'M3',
  ])
})
