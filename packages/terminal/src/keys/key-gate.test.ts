import { describe, expect, it } from 'vitest'
import { KITTY, keyboard } from '../testing/read-keyboard.ts'

it.each([
  ['b', ['buy']],
  ['s', ['sell']],
  [' ', ['flatten']],
  ['q', ['quit']],
  ['\x03', ['quit']],
  ['z', []],
  ['B', []],
  ['x', ['cancel-order']],
  ['X', ['cancel-orders']],
  ['7', ['size-7']],
  ['\t', ['next-market']],
  ['\x1b[Z', ['previous-market']],
  ['?', ['help']],
  ['\x1bb', []],
] as const)('takes %j for %j', (text, expected) => {
  expect(keyboard().read(text).actions).toEqual(expected)
})

it('sends a held key once where the terminal repeats bytes', () => {
  const keys = keyboard().read('b', 0)
  for (let atMs = 500; atMs < 3_000; atMs += 33) keys.read('b', atMs)
  expect(keys.actions).toEqual(['buy'])
  expect(keys.notices[0]).toMatchObject({ id: 'held', values: { chord: 'b', seconds: 2 } })
})

it('sends a held key once where the terminal reports repeats', () => {
  const keys = keyboard().read(KITTY).read('\x1b[98u', 0)
  for (let atMs = 500; atMs < 2_000; atMs += 33) keys.read('\x1b[98;1:2u', atMs)
  expect(keys.read('\x1b[98;1:3u', 2_000).actions).toEqual(['buy'])
})

it('takes a second press at once where the terminal tells it from a repeat', () => {
  const keys = keyboard().read(KITTY)
  keys.read('\x1b[98u\x1b[98;1:3u', 0).read('\x1b[98u\x1b[98;1:3u', 150)
  expect(keys.actions).toEqual(['buy', 'buy'])
})

it('sends a held key once on a keyboard that waits a second before it repeats, and through a stalled loop', () => {
  const slow = keyboard().read('b', 0)
  for (let atMs = 1_000; atMs < 2_000; atMs += 33) slow.read('b', atMs)
  const stalled = keyboard().read('b', 0).read('b', 500).read('bbb', 4_000)
  expect([slow.actions, stalled.actions]).toEqual([['buy'], ['buy']])
})

it('takes the same entry again at once when another key came between: a key is not held through another', () => {
  expect(keyboard().read('b', 0).read(' ', 150).read('b', 300).actions).toEqual(['buy', 'flatten', 'buy'])
})

it('takes the other side right after an entry: only the same key can be held', () => {
  expect(keyboard().read('b', 0).read('s', 100).actions).toEqual(['buy', 'sell'])
})

it('takes a new press after a pause', () => {
  expect(keyboard().read('b', 0).read('b', 2_100).actions).toEqual(['buy', 'buy'])
})

it('closes again on a second tap, but not thirty times a second while Space is held', () => {
  const keys = keyboard().read(' ', 0).read(' ', 200)
  for (let atMs = 233; atMs < 1_000; atMs += 33) keys.read(' ', atMs)
  expect(keys.actions).toEqual(['flatten', 'flatten'])
})

it('takes b and Space that a busy loop merged into one read, in their order', () => {
  expect(keyboard().read('b ').actions).toEqual(['buy', 'flatten'])
})

it('takes at most one entry of a read', () => {
  const keys = keyboard().read('bs')
  expect(keys.actions).toEqual(['buy'])
  expect(keys.notices).toEqual([{ id: 'second-entry', values: { chord: 's', count: 1 } }])
})

it('sends nothing from a burst of eight, and says so', () => {
  const keys = keyboard().read('bbbbbbbb')
  expect(keys.actions).toEqual([])
  expect(keys.notices).toEqual([{ id: 'burst', values: { count: 8 } }])
})

it('takes what follows a burst at once for the rest of the same text, which may be cut anywhere; exits act all the same', () => {
  const keys = keyboard().read('we should buy', 0).read('b', 5).read(' ', 100).read('sb', 249)
  expect(keys.actions).toEqual(['flatten'])
  expect(keys.notices.at(-1)).toEqual({ id: 'burst', values: { count: 2 } })
  expect(keys.read('s', 250).actions).toEqual(['flatten', 'sell'])
})

it('sends nothing from a burst in the kitty protocol either; releases do not count as keys', () => {
  const press = '\x1b[98u\x1b[98;1:3u'
  expect(keyboard().read(KITTY).read(press.repeat(8)).actions).toEqual([])
  expect(keyboard().read(KITTY).read(`${press}\x1b[32u\x1b[32;1:3u`).actions).toEqual(['buy', 'flatten'])
})

it('closes once when a run of Spaces comes in one read: a person held the exit while the loop was busy', () => {
  expect(keyboard().read('       ').actions).toEqual(['flatten'])
  expect(keyboard().read(KITTY).read('\x1b[32u\x1b[32;1:3u'.repeat(5)).actions).toEqual(['flatten'])
})

it('takes what is no entry from a burst whose presses the terminal told: pasted text is never written so', () => {
  const press = (letter: string) => `\x1b[${letter.codePointAt(0)}u\x1b[${letter.codePointAt(0)};1:3u`
  const keys = keyboard().read(KITTY).read(['b', 's', '3', ' ', 'h'].map(press).join(''))
  expect(keys.actions).toEqual(['size-3', 'flatten', 'close-half'])
  expect(keys.notices).toEqual([{ id: 'burst-entries', values: { chord: 's', count: 2 } }])
  const text = keyboard().read(KITTY).read('bs3 h')
  expect(text.actions).toEqual([])
})

it('does not close from a burst in which Space is only a part', () => {
  expect(keyboard().read('b  sell').actions).toEqual([])
})

it.each([
  ['Ctrl+Space as a byte', '\x00'],
  ['Esc and Space in one read', '\x1b '],
  ['Ctrl+Space', '\x1b[57442u\x1b[32;5u'],
  ['Shift+Space', '\x1b[32;2u'],
])('closes on %s: an exit is an exit whatever is held with it', (_what, text) => {
  expect(keyboard().read(KITTY).read(text).actions).toEqual(['flatten'])
})

it.each([
  ['Ctrl+b', '\x02'],
  ['Alt+b', '\x1bb'],
  ['Ctrl+b, kitty', '\x1b[98;5u'],
])('never enters on %s: an entry is exactly its key', (_what, text) => {
  expect(keyboard().read(KITTY).read(text).actions).toEqual([])
})

it('sends nothing from the tail of a paste that stalled', () => {
  const keys = keyboard().read('\x1b[200~hello', 0).read('b\x1b[201~', 1_200)
  expect(keys.actions).toEqual([])
  expect(keys.notices).toEqual([{ id: 'paste-tail', values: { count: 1 } }])
})

it('sends nothing from a marked paste, and says so', () => {
  const keys = keyboard().read('\x1b[200~bbb\x1b[201~')
  expect(keys.actions).toEqual([])
  expect(keys.notices).toEqual([{ id: 'pasted', values: { bytes: 3 } }])
})

it('buys on a tap of Right Ctrl and sells on a tap of Left Ctrl', () => {
  const keys = keyboard().read(KITTY)
  keys.read('\x1b[57448;5u', 0).read('\x1b[57448;5:3u', 80)
  keys.read('\x1b[57442u', 500).read('\x1b[57442;5:3u', 580)
  expect(keys.actions).toEqual(['buy', 'sell'])
})

it('never trades on a chord: Ctrl+C quits, whichever is let go first', () => {
  const letterFirst = keyboard().read(KITTY).read('\x1b[57442u\x1b[99;5u').read('\x1b[99;5:3u\x1b[57442;5:3u')
  const ctrlFirst = keyboard().read(KITTY).read('\x1b[57442u\x1b[99;5u').read('\x1b[57442;5:3u\x1b[99;1:3u')
  expect([letterFirst.actions, ctrlFirst.actions]).toEqual([['quit'], ['quit']])
})

it('does not take Ctrl for a tap when it was held for long, when both were down, or when only its release came', () => {
  const long = keyboard().read(KITTY).read('\x1b[57442u', 0).read('\x1b[57442;5:3u', 900)
  const both = keyboard().read(KITTY).read('\x1b[57442u\x1b[57448;5u\x1b[57448;5:3u\x1b[57442;5:3u')
  const release = keyboard().read(KITTY).read('\x1b[57442;5:3u')
  expect([...long.actions, ...both.actions, ...release.actions]).toEqual([])
})

it('keeps the exit alive while a question is asked, and trades on nothing else', () => {
  expect(keyboard('question').read('b').read('s').read(' ').read('y').actions).toEqual(['flatten', 'yes'])
})

describe('the same key soon after, where the terminal repeats bytes', () => {
  it('arms once while it is held, and again after a short pause', () => {
    const keys = keyboard().read('a', 0)
    for (let atMs = 500; atMs < 900; atMs += 33) keys.read('a', atMs)
    expect(keys.actions).toEqual(['toggle-armed'])
    expect(keys.read('a', 1_700).actions).toEqual(['toggle-armed', 'toggle-armed'])
  })

  it('moves a stop with each press, but not thirty times a second', () => {
    const keys = keyboard().read('u', 0).read('u', 150).read('u', 180).read('u', 400)
    expect(keys.actions).toEqual(['stop-up', 'stop-up', 'stop-up'])
  })
})

describe('a bare modifier', () => {
  const LEFT_CTRL = '\x1b[57442u'
  const LEFT_CTRL_UP = '\x1b[57442;5:3u'

  it('is a tap although the key before is let go meanwhile: fast fingers overlap', () => {
    const keys = keyboard().read(KITTY).read('\x1b[32u', 0).read(LEFT_CTRL, 40).read('\x1b[32;1:3u', 60)
    expect(keys.read(LEFT_CTRL_UP, 90).actions).toEqual(['flatten', 'sell'])
  })

  it('is none while something else is held down, or turned with it', () => {
    const held = keyboard().read(KITTY).read('\x1b[98;1:2u', 0).read(LEFT_CTRL, 10).read('\x1b[98;1:2u', 20)
    const wheel = keyboard().read(KITTY).read(LEFT_CTRL, 0).read('\x1b[<64;3;3M', 20)
    expect([held, wheel].map(keys => keys.read(LEFT_CTRL_UP, 60).actions)).toEqual([[], []])
  })

  it('is a tap again after its release was lost', () => {
    const keys = keyboard().read(KITTY).read(LEFT_CTRL, 0).read(LEFT_CTRL, 5_000).read(LEFT_CTRL_UP, 5_060)
    expect(keys.actions).toEqual(['sell'])
  })

  it('fires on press where the trader says so, once, and then Ctrl+C trades as well', () => {
    const own = [{ chord: 'Left Ctrl', action: 'sell', fires: 'press' }] as const
    const keys = keyboard('trading', { own, allowsChordTrades: true }).read(KITTY)
    keys.read(LEFT_CTRL, 0)
    expect(keys.actions).toEqual(['sell'])
    keys.read('\x1b[99;5u', 40).read(LEFT_CTRL_UP, 80)
    expect(keys.actions).toEqual(['sell', 'quit'])
  })

  it('may be Shift, Alt or Super', () => {
    const own = [{ chord: 'Right Shift', action: 'buy' }] as const
    const keys = keyboard('trading', { own }).read(KITTY).read('\x1b[57447;2u', 0).read('\x1b[57447;2:3u', 50)
    const capital = keyboard('trading', { own }).read(KITTY).read('\x1b[57447;2u\x1b[97:65;2;65u', 0)
    expect([keys.actions, capital.read('\x1b[57447;2:3u', 50).actions]).toEqual([['buy'], []])
  })
})

describe('the profile arrows', () => {
  const arrows = (reads: string) => keyboard('trading', { profile: 'arrows' }).read(reads).actions

  it.each([
    ['\x1b[D', ['sell']],
    ['\x1b[C', ['buy']],
    ['\x1b[B', ['flatten']],
    ['\x1bOD', ['sell']],
    ['b', ['buy']],
    ['s', ['sell']],
    [' ', ['flatten']],
    ['\x1b[1;5D', []],
    ['\x1b\x1b[D', []],
    ['\x1b[1;5B', ['flatten']],
  ])('takes %j for %j', (text, expected) => {
    expect(arrows(text)).toEqual(expected)
  })

  it('takes two quick presses of an arrow for two where the terminal tells presses, and for a hold elsewhere', () => {
    const kitty = keyboard('trading', { profile: 'arrows' }).read(KITTY).read('\x1b[C\x1b[1;1:3C', 0)
    const legacy = keyboard('trading', { profile: 'arrows' }).read('\x1b[C', 0)
    expect([kitty, legacy].map(keys => keys.read('\x1b[C', 150).actions)).toEqual([['buy', 'buy'], ['buy']])
  })
})

describe('what is not taken is told where it would have done more', () => {
  const repeats = (chord: string, count: number) => ({ id: 'repeat', values: { chord, count } })

  it('a nudge again as fast as a keyboard repeats, where the terminal repeats bytes', () => {
    const keys = keyboard().read('u', 0).read('u', 400)
    expect(keys.notices).toEqual([])
    expect(keys.read('u', 433).read('uu', 466)).toMatchObject({
      actions: ['stop-up', 'stop-up'],
      notices: [repeats('u', 1), repeats('u', 2)],
    })
  })

  it('a nudge that is held, where the terminal tells; quick presses are taken one by one', () => {
    const held = keyboard().read(KITTY).read('\x1b[117u', 0).read('\x1b[117;1:2u', 400)
    expect([held.actions, held.notices]).toEqual([['stop-up'], [repeats('u', 1)]])
    const quick = keyboard().read(KITTY).read('\x1b[117u\x1b[117;1:3u', 0).read('\x1b[117u\x1b[117;1:3u', 60)
    expect([quick.actions, quick.notices]).toEqual([['stop-up', 'stop-up'], []])
  })

  it.each([
    ['closing half', 'h', 1],
    ['closing everything, which is done already', ' ', 0],
    ['breakeven, which is done already', 'e', 0],
  ])('%s', (_what, key, notices) => {
    expect(keyboard().read(key, 0).read(key, 50).notices).toHaveLength(notices)
  })
})

describe('while a question waits', () => {
  const unanswered = (chord: string) => ({ id: 'unanswered', values: { chord, count: 1 } })

  it.each([
    ['an entry', 'b', [], [unanswered('b')]],
    ['a nudge', 'u', [], [unanswered('u')]],
    ['another view', '\t', [], [unanswered('Tab')]],
    ['an exit', ' ', ['flatten'], []],
    ['an answer', 'y', ['yes'], []],
    ['a key of nothing', 'z', [], []],
    ['a tap of a bare key that enters', '\x1b[57448;5u\x1b[57448;1:3u', [], [unanswered('Right Ctrl')]],
    ['a chord with one', '\x1b[57448;5u\x1b[99;5u\x1b[57448;1:3u', [], [unanswered('Ctrl+C')]],
  ])('%s', (_what, bytes, actions, notices) => {
    const keys = keyboard('question').read(KITTY).read(bytes)
    expect([keys.actions, keys.notices]).toEqual([actions, notices])
  })
})
