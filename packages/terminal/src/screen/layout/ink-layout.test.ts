import { expect, it, onTestFinished } from 'vitest'
import { rareParts } from '../rare-parts.ts'
import { OPEN_VIEW } from '../test/sample-view.ts'
import { InkLayout } from './ink-layout.tsx'

function layout(): InkLayout {
  const ink = new InkLayout(true)
  onTestFinished(() => ink.close())
  return ink
}

it('leaves a place for every figure that changes with a tick, none over another', () => {
  const { slots } = layout().layOut(rareParts(OPEN_VIEW), 64, 20)
  expect([...slots.keys()].toSorted()).toEqual(
    ['bid', 'brokerTime', 'chart', 'dayProfit', 'exposure', 'freshness', 'latency', 'log', 'offer', 'outcome'].concat([
      'points:0',
      'profit:0',
      'spread',
    ]),
  )
  const taken = new Set<string>()
  for (const { x, y, width, height } of slots.values()) {
    for (let at = 0; at < width * height; at += 1) {
      const cell = `${x + (at % width)},${y + Math.floor(at / width)}`
      expect(taken.has(cell)).toBe(false)
      taken.add(cell)
    }
  }
})

it('gives up the places of positions that were closed', () => {
  const ink = layout()
  ink.layOut(rareParts(OPEN_VIEW), 80, 24)
  const { slots } = ink.layOut(rareParts({ ...OPEN_VIEW, positions: [] }), 80, 24)
  expect(slots.has('profit:0')).toBe(false)
})

it('refuses to paint what a failed component leaves behind', () => {
  const broken = rareParts(OPEN_VIEW)
  const parts = {
    ...broken,
    get preset(): never {
      throw new Error('a component failed')
    },
  }
  expect(() => layout().layOut(parts, 80, 24)).toThrow('expected the screen to be laid out')
})
