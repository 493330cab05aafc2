import { type BotIntent, buy, defineStrategy, type View } from '@scalpdesk/bots'
import { expect, it } from 'vitest'
import { botRig, type RigBot } from '../testing/bot-rig.ts'
import { sessionOf } from '../testing/made-session.ts'

// A runner that is killed and started again: the journal says which positions its bots opened and what they lost, and a file what they remembered.

interface Memory {
  entries: number
}

/** Buys once in a session of its state, and writes down what it sees and hears. */
function buyer(more: object = {}) {
  const heard: string[] = []
  const seen: { positions: number; openedAtMs: number | null; booked: number; entries: number }[] = []
  const strategy = defineStrategy({
    name: 'buyer',
    state: (): Memory => ({ entries: 0 }),
    decide({ state, positions, position, isBusy, profit }): BotIntent | null {
      seen.push({
        positions: positions.length,
        openedAtMs: position?.openedAtMs ?? null,
        booked: profit.bookedCents,
        entries: state.entries,
      })
      if (isBusy || position || state.entries > 0) return null
      state.entries++
      return buy(1, { stop: 100 })
    },
    onDeal(_view: View, deal) {
      heard.push('code' in deal ? `${deal.kind} ${deal.code}` : deal.kind)
      return null
    },
    ...more,
  })
  return { strategy, heard, seen }
}

const flat = (ticks: number, bid = 108_400): number[] => Array.from({ length: ticks }, () => bid)

const statesOf = (lines: readonly { kind: string; text: string }[]): readonly string[] =>
  lines.flatMap(({ kind, text }) => (kind === 'state' || kind === 'failed' ? [text] : []))

it('sees the position that it opened before, hears of it no second time, and its exit policy closes it', async () => {
  const [first, second] = [buyer(), buyer({ state: () => ({ entries: 1 }) })]
  const rig = await botRig(sessionOf(flat(12)), [first])
  await rig.run({ 6: () => rig.restart([second]) })
  expect(first.heard).toEqual(['opened'])
  expect(second.seen[0]).toMatchObject({ positions: 1, booked: 0 })
  expect(second.seen[0]?.openedAtMs).toBe(first.seen.at(-1)?.openedAtMs)
  expect(second.heard).toEqual([])
  expect(rig.bots.status[0]).toMatchObject({ positions: 0, phase: { kind: 'stopped', isFailure: false } })
  expect(statesOf(rig.lines)[0]).toMatch(
    /^goes on from its run before: BUY 1 EUR\/USD \(\S+\), \+0\.00 EUR booked today$/,
  )
  expect(rig.journal.filter(({ kind }) => kind === 'about-to-close')).toHaveLength(1)
  await rig.close()
})

it('does not take what another bot opened', async () => {
  const [first, stranger] = [buyer({ exitPolicy: 'leave-with-stops' }), { ...buyer(), name: 'stranger' }]
  const idle: RigBot = { strategy: defineStrategy({ name: 'idle', decide: () => null }), name: 'stranger' }
  const rig = await botRig(sessionOf(flat(12)), [first])
  await rig.run({ 6: () => rig.restart([{ ...stranger, strategy: idle.strategy }]) })
  expect(rig.bots.status[0]).toMatchObject({ name: 'stranger', positions: 0 })
  expect(rig.journal.some(({ kind }) => kind === 'about-to-close')).toBe(false)
  await rig.close()
})

it('does not forget what it lost today: the limit counts over its runs', async () => {
  const limits = { maxLossCents: 5_000 }
  // Each of its runs loses 37.04 EUR: sold at 1.08360 what was bought at 1.08406 makes 46 dollars at 1.08 for a euro, and less.
  const losing = (): RigBot => {
    let ticks = 0
    const strategy = defineStrategy({
      name: 'buyer',
      decide({ isBusy, position }): BotIntent | null {
        ticks++
        if (isBusy) return null
        if (ticks === 2) return buy(1, { stop: 100 })
        return ticks >= 5 && position ? { kind: 'flatten' } : null
      },
    })
    return { strategy, limits }
  }
  const prices = [...flat(4), ...flat(4, 108_366), ...flat(4), ...flat(6, 108_366)]
  const rig = await botRig(sessionOf(prices), [losing()])
  await rig.run({ 8: () => rig.restart([losing()]) })
  const [status] = rig.bots.status
  expect(statesOf(rig.lines)[0]).toMatch(/goes on from its run before: -37\.04 EUR booked today/)
  expect(status).toMatchObject({ positions: 0, phase: { kind: 'stopped', isFailure: true } })
  expect(statesOf(rig.lines)).toContain('stops: its loss of the day reached 50.00')
  await rig.close()
})

it('is stopped at once where its day is lost already, and asks for nothing', async () => {
  const limits = { maxLossCents: 3_000 }
  const [first, second] = [buyer({ exitPolicy: 'flatten' }), buyer()]
  const rig = await botRig(sessionOf([...flat(4), ...flat(10, 108_350)]), [{ ...first, limits }])
  await rig.run({ 9: () => rig.restart([{ ...second, limits }]) })
  expect(second.seen).toEqual([])
  expect(rig.bots.status[0]).toMatchObject({ phase: { kind: 'stopped', why: 'its loss of the day reached 30.00' } })
  await rig.close()
})

it('counts the orders of the minute before', async () => {
  const limits = { maxOrdersPerMinute: 1 }
  const [first, second] = [buyer({ exitPolicy: 'leave-with-stops' }), buyer({ decide: () => buy(1, { stop: 100 }) })]
  const rig = await botRig(sessionOf(flat(12)), [{ ...first, limits }])
  await rig.run({ 8: () => rig.restart([{ ...second, limits }]) })
  expect(new Set(second.heard)).toEqual(new Set(['denied bot-pace']))
  await rig.close()
})

it('goes on with what its strategy remembered, and hears of what ended meanwhile', async () => {
  const [first, second] = [buyer(), buyer()]
  const rig = await botRig(sessionOf([...flat(5), ...flat(3, 107_300), ...flat(6)]), [{ ...first, isKept: true }])
  // It is killed before the price falls through the stop of its position.
  await rig.run({ 5: () => rig.restart([]), 9: () => rig.restart([{ ...second, isKept: true }]) })
  expect(second.seen[0]).toMatchObject({ positions: 0, entries: 1 })
  expect(second.heard).toEqual(['closed'])
  // It ends holding nothing: the next run begins anew.
  expect(rig.kept.size).toBe(0)
  await rig.close()
})

it('hears of no close a second time, of a part or of all', async () => {
  let ticks = 0
  const busy = defineStrategy({
    name: 'buyer',
    decide({ position, isBusy }): BotIntent | null {
      ticks++
      if (isBusy) return null
      if (!position) return ticks < 8 ? buy(1, { stop: 100 }) : null
      return ticks === 4
        ? { kind: 'close-part', dealId: position.dealId, part: 'half' }
        : ticks === 6
          ? { kind: 'flatten' }
          : null
    },
  })
  const second = buyer({ decide: () => null })
  const rig = await botRig(sessionOf(flat(16)), [{ strategy: busy, isKept: true }])
  await rig.run({ 11: () => rig.restart([{ ...second, isKept: true }]) })
  expect(second.heard).toEqual([])
  expect(rig.journal.filter(({ kind }) => kind === 'about-to-close').length).toBeGreaterThan(2)
  await rig.close()
})

it('keeps what a strategy without a state has heard, and says nothing of a state', async () => {
  const idle = { strategy: defineStrategy({ name: 'buyer', decide: () => null }), isKept: true }
  const once = defineStrategy({
    name: 'buyer',
    exitPolicy: 'leave-with-stops',
    decide: ({ position, isBusy }) => (position || isBusy ? null : buy(1, { stop: 100 })),
  })
  const rig = await botRig(sessionOf(flat(12)), [{ strategy: once, isKept: true }])
  await rig.run({ 6: () => rig.restart([idle]) })
  expect(statesOf(rig.lines)[0]).toContain('goes on from its run before: BUY 1')
  expect(statesOf(rig.lines).join()).not.toContain('does not fit')
  await rig.close()
})

it('begins anew, and says so, where what was remembered does not fit its file of now', async () => {
  const [first, second] = [buyer(), buyer({ state: () => ({ entries: 1, mood: 'calm' }) })]
  const rig = await botRig(sessionOf(flat(12)), [{ ...first, isKept: true }])
  await rig.run({ 6: () => rig.restart([{ ...second, isKept: true }]) })
  expect(second.seen[0]).toMatchObject({ positions: 1, entries: 1 })
  expect(statesOf(rig.lines)).toContain('what its strategy remembered does not fit the file of now: it begins anew')
  await rig.close()
})
