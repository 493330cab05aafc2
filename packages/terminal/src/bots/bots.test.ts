import { type BotIntent, buy, close, defineStrategy, flatten, sell, type View } from '@scalpdesk/bots'
import type { JournalRecord } from '@scalpdesk/desk'
import { Decimal } from '@scalpdesk/sdk'
import { describe, expect, it } from 'vitest'
import { pressPrepared } from '../host/prepared-press.ts'
import type { PressIntent } from '../host/press-text.ts'
import { botRig, EURUSD } from '../testing/bot-rig.ts'
import { sessionOf } from '../testing/made-session.ts'

/** Wants something at the n-th tick. */
function scripted(
  name: string,
  steps: Readonly<Record<number, (view: View) => BotIntent | readonly BotIntent[]>>,
  more: object = {},
) {
  let seen = 0
  const heard: string[] = []
  const strategy = defineStrategy({
    name,
    decide: view => steps[++seen]?.(view),
    onDeal(_view, deal) {
      heard.push('code' in deal ? `${deal.kind} ${deal.code}` : deal.kind)
      return null
    },
    ...more,
  })
  return { strategy, heard }
}

const flat = Array.from({ length: 12 }, () => 108_400)
const texts = (lines: readonly { bot: string | null; kind: string; text: string }[], bot: string, kind: string) =>
  lines.filter(line => line.bot === bot && line.kind === kind).map(({ text }) => text)

describe('several bots over one desk', () => {
  it('each sees, closes and counts what its own orders opened, and the journal names it', async () => {
    const one = scripted('one', {
      2: () => buy(1, { stop: 20 }),
      6: ({ positions }) => positions.map(each => close(each.dealId)),
    })
    const two = scripted('two', { 4: () => sell(2, { stop: 20 }), 8: () => flatten() })
    const rig = await botRig(sessionOf([...flat.slice(0, 3), ...flat.slice(3).map(bid => bid + 10)]), [one, two])
    await rig.run()
    const [first, second] = rig.bots.status
    // Bought at 1.08406 and sold at 1.08410; sold at 1.08410 and bought at 1.08416: in dollars, at 1.08 for a euro.
    expect([first?.bookedCents, second?.bookedCents]).toEqual([370, -1111])
    expect([first?.positions, second?.positions]).toEqual([0, 0])
    const pressed = rig.journal.filter(record => record.kind.startsWith('about-to-'))
    expect(pressed.map(record => ('by' in record ? record.by : null))).toEqual([
      'bot:one',
      'bot:two',
      'bot:one',
      'bot:two',
    ])
    await rig.close()
  })

  it('leaves the deals of others alone, also when it flattens', async () => {
    const mine = scripted('mine', { 2: () => buy(1, { stop: 20 }), 7: () => flatten() })
    let theirs = ''
    const other = scripted(
      'other',
      {
        3: () => buy(1, { stop: 20 }),
        5({ position }) {
          theirs = position?.dealId ?? ''
          return []
        },
      },
      { exitPolicy: 'leave-with-stops' },
    )
    const thief = scripted('thief', { 6: () => close(theirs) })
    const rig = await botRig(sessionOf(flat), [mine, other, thief])
    await rig.run()
    expect(thief.heard).toEqual(['denied not-its-own'])
    expect(rig.bots.status.map(({ positions }) => positions)).toEqual([0, 1, 0])
    expect(texts(rig.lines, 'other', 'state').at(-1)).toBe('stopped, and 1 of its positions stay open')
    await rig.close()
  })
})

describe('a reverse', () => {
  const turned = () => scripted('turner', { 2: () => buy(2, { stop: 20 }), 5: () => ({ kind: 'reverse', stop: 30 }) })
  const opens = (rig: { readonly journal: readonly JournalRecord[] }) =>
    rig.journal.flatMap(record =>
      record.kind === 'about-to-open' ? [`${record.direction} ${record.size} ${record.stopPoints}`] : [],
    )

  it.each(['own', 'asked'] as const)(
    'closes, and enters once the other way, as large as it was: on a desk that is %s',
    async way => {
      const bot = turned()
      const rig = await botRig(sessionOf(flat), [bot], way)
      await rig.run()
      expect(opens(rig)).toEqual(['BUY 2 20', 'SELL 2 30'])
      expect(bot.heard).toEqual(['opened', 'closed', 'opened'])
      await rig.close()
    },
  )

  it('enters nothing where the close is refused, and says so', async () => {
    const bot = turned()
    const rig = await botRig(sessionOf(flat), [bot], 'asked')
    await rig.run({ 4: () => rig.mock.faults.rejectNext('ORDER_DECLINED') })
    expect(opens(rig)).toEqual(['BUY 2 20'])
    expect(bot.heard).toEqual(['opened', 'rejected'])
    await rig.close()
  })

  it('says that nothing was entered where the day was locked between the close and the entry', async () => {
    const bot = turned()
    const rig = await botRig(sessionOf(flat), [bot], 'asked')
    let isLocked = false
    rig.desk.onChange(() => {
      if (isLocked || rig.desk.state.reversals.length === 0) return
      isLocked = true
      rig.desk.want({ kind: 'lock-day' }, 'key')
    })
    await rig.run()
    expect(opens(rig)).toEqual(['BUY 2 20'])
    expect(bot.heard.toSorted()).toEqual(['closed', 'opened', 'rejected'])
    expect(texts(rig.lines, 'turner', 'rejected')[0]).toMatch(/^CLOSED: .*\nnothing was entered the other way$/)
    await rig.close()
  })
})

it('does not reverse through another desk what somebody else opened there meanwhile', async () => {
  const rig = await botRig(sessionOf(flat), [])
  const press = (by: 'command' | 'bot:x', intent: PressIntent) =>
    pressPrepared(rig.desk, { intent, by }, { clock: rig.clock, limitMs: 1_000, onProgress() {} })
  const enter = (size: number) =>
    ({ kind: 'enter', epic: EURUSD, direction: 'BUY', size: new Decimal(size), stop: null }) as const
  await rig.within(press('bot:x', enter(1)).then(({ over }) => over))
  const of = [...rig.desk.state.holdings.keys()]
  await rig.within(press('command', enter(2)).then(({ over }) => over))
  const reverse = { kind: 'reverse', epic: EURUSD, as: { size: 'held', stop: null, limitPoints: null }, of } as const
  await expect(press('bot:x', reverse)).rejects.toThrow(/was opened meanwhile; .* Nothing was sent/)
  expect(rig.journal.some(({ kind }) => kind === 'about-to-close')).toBe(false)
  await rig.close()
})

describe('limits of a bot', () => {
  it('denies what is too large, too many, too often, and nonsense, in words that its strategy hears', async () => {
    const bot = scripted('greedy', {
      2: () => [buy(5), buy(Number.NaN), buy(1, { stop: 20 })],
      3: () => buy(1),
      4: ({ position }) => close(position?.dealId ?? ''),
      6: () => [buy(1), buy('0.5')],
    })
    const limits = { maxSize: new Decimal(2), maxPositions: 1, maxOrdersPerMinute: 3 }
    const rig = await botRig(sessionOf(flat), [{ ...bot, limits }])
    await rig.run()
    expect(bot.heard).toEqual([
      'denied bot-size',
      'denied nonsense',
      'opened',
      'denied bot-positions',
      'closed',
      'opened',
      'denied bot-positions',
    ])
    expect(texts(rig.lines, 'greedy', 'denied')[0]).toContain('expected a size of at most 2 of this bot, but got 5')
    await rig.close()
  })

  it('stops a bot that has lost what it may, and closes what it holds whatever its exit policy says', async () => {
    const bot = scripted('loser', { 2: () => buy(1, { stop: 100 }) }, { exitPolicy: 'leave-with-stops' })
    const rig = await botRig(sessionOf([...flat.slice(0, 4), ...flat.slice(4).map(bid => bid - 60)]), [
      { ...bot, limits: { maxLossCents: 5_000 } },
    ])
    await rig.run()
    expect(rig.bots.status[0]).toMatchObject({
      positions: 0,
      bookedCents: -6111,
      phase: { kind: 'stopped', why: 'its loss of the day reached 50.00', isFailure: true },
    })
    await rig.close()
  })
})

describe('a person at the keys', () => {
  it('flattens at once, and later intents are refused until the bot is let go on', async () => {
    const bot = scripted('eager', { 2: () => buy(1, { stop: 20 }), 6: () => buy(1), 10: () => buy(1, { stop: 20 }) })
    const rig = await botRig(sessionOf(flat), [bot])
    await rig.run({ 4: () => void rig.bots.flatten(), 8: () => rig.bots.resume() })
    expect(bot.heard).toEqual(['opened', 'closed', 'denied flattened', 'opened'])
    expect(rig.journal.filter(({ kind }) => kind === 'flat')).toHaveLength(2)
    await rig.close()
  })

  it('is heard where it flattens elsewhere: by the bots of those markets', async () => {
    const bot = scripted('eager', { 4: () => buy(1), 8: () => buy(1), 10: () => buy(1, { stop: 20 }) })
    const rig = await botRig(sessionOf(flat), [bot])
    await rig.run({
      2: () => rig.bots.flattened({ kind: 'market', epic: 'IX.D.DAX.IFD.IP' }),
      3: () => expect(rig.bots.status[0]?.phase.kind).toBe('running'),
      5: () => rig.bots.flattened({ kind: 'account' }),
      9: () => rig.bots.resume(),
    })
    expect(bot.heard).toEqual(['opened', 'denied flattened', 'opened'])
    expect(texts(rig.lines, 'eager', 'state').slice(0, 2)).toEqual([
      'flattened by hand: what it wants is refused until it is let go on',
      'goes on',
    ])
    await rig.close()
  })

  it('pauses: the strategy looks on and what it wants is refused', async () => {
    const bot = scripted('eager', { 4: () => buy(1), 8: () => buy(1, { stop: 20 }) })
    const rig = await botRig(sessionOf(flat), [bot])
    await rig.run({ 3: () => rig.bots.pause(), 6: () => rig.bots.resume() })
    expect(bot.heard).toEqual(['denied paused', 'opened'])
    expect(rig.bots.status[0]).toMatchObject({ ticks: 12, positions: 0 })
    await rig.close()
  })
})

describe('the end of a bot', () => {
  const crash = (): never => {
    throw new Error('no such luck')
  }

  it.each([
    ['flatten', 0],
    ['leave-with-stops', 1],
  ] as const)('applies the exit policy %s when its strategy throws, and says so', async (exitPolicy, left) => {
    const bot = scripted('crasher', { 2: () => buy(1, { stop: 20 }), 3: () => buy('0.5'), 5: crash }, { exitPolicy })
    const other = scripted('other', { 8: () => buy(1, { stop: 20 }) })
    const rig = await botRig(sessionOf(flat), [bot, other])
    await rig.run()
    expect(rig.bots.status[0]).toMatchObject({ positions: left, phase: { kind: 'stopped', isFailure: true } })
    expect(texts(rig.lines, 'crasher', 'failed')).toEqual([
      expect.stringContaining('strategy crasher: decide failed: Error: no such luck'),
    ])
    // The others go on.
    expect(other.heard).toEqual(['opened'])
    await rig.close()
  })

  it('is told when the strategy says so itself', async () => {
    const bot = scripted('modest', {
      2: () => buy(1, { stop: 20 }),
      4: () => ({ kind: 'stop', why: 'enough for today' }),
    })
    const rig = await botRig(sessionOf(flat), [bot])
    await rig.run()
    expect(rig.bots.status[0]).toMatchObject({ positions: 0, phase: { why: 'enough for today', isFailure: false } })
    await rig.close()
  })
})
