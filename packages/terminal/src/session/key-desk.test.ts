import { manualClock } from '@scalpdesk/testkit'
import { expect, it } from 'vitest'
import { type KeyContext, profileTable } from '../keys/key-table.ts'
import { keyDesk } from './key-desk.ts'

/** A key desk on a clock that is turned by hand; tells what reached its targets, in order. */
function deskOf({ context = 'trading' as KeyContext, isMultiplexed = false } = {}) {
  const clock = manualClock()
  const table = profileTable('scalper')
  const told: unknown[] = []
  let present = context
  const read = keyDesk(
    {
      act(action, pressedAtMs) {
        told.push([action, pressedAtMs])
        if (action === 'quit') present = 'question'
      },
      type: input => void told.push(input),
      notice: notice => void told.push(notice.id),
      context: () => present,
      keyboardKnown: keyboard => void told.push(keyboard),
      focus: isFocused => void told.push(`focus ${isFocused}`),
    },
    { table: () => table, isMultiplexed, at: clock.at },
  )
  return { told, clock, type: (text: string) => read(Buffer.from(text), clock.monotonicMs()) }
}

it('acts in the order of the keys, with the time of the read, and gives its notices afterwards', () => {
  const desk = deskOf()
  desk.clock.advance(40)
  desk.type('\x1b[Ob  ')
  desk.type('u')
  expect(desk.told).toEqual(['focus false', ['flatten', 40], 'focus', ['stop-up', 40]])
})

it('answers no question with a key of the read in which it was asked: nobody has read it yet', () => {
  const desk = deskOf()
  desk.type('qy')
  expect(desk.told).toEqual([['quit', 0]])
  desk.type('y')
  expect(desk.told.at(-1)).toEqual(['yes', 0])
})

it('takes a lone Escape for a key once nothing follows it', () => {
  const desk = deskOf({ context: 'text' })
  desk.type('\x1b')
  desk.clock.advance(49)
  expect(desk.told).toEqual([])
  desk.clock.advance(1)
  expect(desk.told).toEqual([{ kind: 'escape' }])
  desk.type('\x1b')
  desk.type('[A')
  desk.clock.advance(1_000)
  expect(desk.told).toEqual([{ kind: 'escape' }, { kind: 'up' }])
})

it('tells what the keyboard can do by the first answer, and again when it changes', () => {
  const kitty = deskOf()
  kitty.type('\x1b[?31u\x1b[?62c')
  expect(kitty.told).toEqual([{ bareModifiers: true, eventTypes: true, isMultiplexed: false }])
  kitty.type('\x1b[?1u\x1b[?62c')
  expect(kitty.told.at(-1)).toEqual({ bareModifiers: false, eventTypes: false, isMultiplexed: false })

  const legacy = deskOf({ isMultiplexed: true })
  legacy.type('\x1b[?1;2c')
  legacy.type('\x1b[?1;2c')
  expect(legacy.told).toEqual([{ bareModifiers: false, eventTypes: false, isMultiplexed: true }])
})
