import { describe, expect, it } from 'vitest'
import { factsOf, KEY_ACTIONS, type KeyAction } from './key-action.ts'
import { PROFILES } from './key-profile.ts'
import { type KeyContext, type KeySettings, keyTable, type OwnKey, profileTable } from './key-table.ts'

const problemsOf = (settings: KeySettings): readonly string[] => {
  const made = keyTable(settings)
  return made.kind === 'problems' ? made.problems : []
}

function tableOf(settings: KeySettings) {
  const made = keyTable(settings)
  if (made.kind === 'problems') throw new Error(made.problems.join('\n'))
  return made.table
}

describe.each(PROFILES)('the profile %s', profile => {
  const { bindings } = profileTable(profile)

  it('has a key for every action', () => {
    const bound = new Set(bindings.map(({ action }) => action))
    expect(KEY_ACTIONS.filter(action => !bound.has(action))).toEqual([])
  })

  it('binds no key twice in a context', () => {
    const keys = bindings.map(({ context, chord }) => `${context} ${chord}`)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('lets no entry fire on a chord, outside trading, or on the press of a modifier', () => {
    const entries = bindings.filter(({ kind }) => kind === 'entry')
    expect(entries.filter(({ chord, context }) => chord.includes('+') || context !== 'trading')).toEqual([])
    expect(entries.filter(({ chord, fires }) => /-ctrl$/.test(chord) !== (fires === 'tap'))).toEqual([])
  })

  it('has a key that every terminal has for each action', () => {
    const everywhere = new Set(bindings.filter(({ fires }) => fires === 'press').map(({ action }) => action))
    expect(KEY_ACTIONS.filter(action => !everywhere.has(action))).toEqual([])
  })

  it('cannot be changed', () => {
    expect(Object.isFrozen(bindings) && bindings.every(binding => Object.isFrozen(binding))).toBe(true)
  })
})

it('arrows has every key of scalper, and the arrows', () => {
  const keys = (profile: 'scalper' | 'arrows') =>
    profileTable(profile)
      .bindings.filter(({ context }) => context === 'trading')
      .map(({ chord, action }) => `${chord} ${action}`)
  const scalper = new Set(keys('scalper'))
  expect(keys('arrows').filter(key => !scalper.has(key))).toEqual(['right buy', 'left sell', 'down flatten'])
  expect(keys('arrows')).toEqual(expect.arrayContaining([...scalper]))
})

describe('an exit', () => {
  it.each<[KeyContext, string, KeyAction | undefined]>([
    ['trading', 'space', 'flatten'],
    ['trading', 'shift+space', 'flatten'],
    ['trading', 'ctrl+space', 'flatten'],
    ['question', 'space', 'flatten'],
    ['question', 'alt+space', 'flatten'],
    ['help', 'space', 'flatten'],
    ['text', 'space', undefined],
    ['text', 'shift+space', undefined],
    ['text', 'ctrl+space', 'flatten'],
    ['text', 'c', undefined],
    ['question', 'h', 'close-half'],
    ['trading', 'ctrl+f', undefined],
    ['trading', 'alt+h', undefined],
  ])('in %s, %s is %s', (context, chord, action) => {
    expect(profileTable('scalper').bindingOf(context, chord)?.action).toBe(action)
  })
})

describe('own keys', () => {
  it('take the place of the profile’s, and are read as people write them', () => {
    const table = tableOf({
      own: [
        { chord: 'F5', action: 'flatten-market' },
        { chord: 'b', action: 'breakeven' },
        { chord: 'e', action: null },
        { chord: 'Ctrl+X', action: 'flatten' },
      ],
    })
    const actions = ['f5', 'b', 'e', 'ctrl+x', 's'].map(chord => table.bindingOf('trading', chord)?.action)
    expect(actions).toEqual(['flatten-market', 'breakeven', undefined, 'flatten', 'sell'])
    expect(table.bindingOf('text', 'ctrl+x')?.action).toBe('flatten')
  })

  it('fire a modifier on tap unless they say press', () => {
    const own = [
      { chord: 'Right Alt', action: 'flatten' },
      { chord: 'Left Ctrl', action: 'sell', fires: 'press' },
    ] as const
    const table = tableOf({ own, allowsChordTrades: true })
    expect(['right-alt', 'left-ctrl'].map(chord => table.bindingOf('trading', chord)?.fires)).toEqual(['tap', 'press'])
  })

  it('answer a question where the action is an answer', () => {
    expect(tableOf({ own: [{ chord: 'o', action: 'yes' }] }).bindingOf('question', 'o')?.action).toBe('yes')
  })

  it.each<[what: string, own: readonly OwnKey[], problem: RegExp]>([
    [
      'an unknown key',
      [{ chord: 'spcae', action: 'flatten' }],
      /own key 1 \(spcae\): expected a key, but got spcae; did you mean space\?/,
    ],
    [
      'an unknown modifier',
      [{ chord: 'crtl+x', action: 'flatten' }],
      /expected a key, but got crtl; did you mean ctrl\?/,
    ],
    [
      'a key of nothing',
      [{ chord: '', action: 'flatten' }],
      /expected a key, but got nothing; choose one such as b, F5/,
    ],
    [
      'an unknown action',
      [{ chord: 'z', action: 'flaten' }],
      /expected an action, but got flaten; did you mean flatten\?/,
    ],
    [
      'an action like no other',
      [{ chord: 'z', action: 'make me rich please' }],
      /got make me rich please; choose one from/,
    ],
    [
      'a key bound twice',
      [
        { chord: 'z', action: 'buy' },
        { chord: 'z', action: 'sell' },
      ],
      /own key 2 \(z\): .* bound twice; leave/,
    ],
    [
      'one key in two spellings',
      [
        { chord: 'PgUp', action: 'buy' },
        { chord: 'page-up', action: 'sell' },
      ],
      /own key 2 .* bound twice/,
    ],
    [
      'no key for flatten',
      [{ chord: 'space', action: null }],
      /expected a key for flatten that works in every terminal, but it has none/,
    ],
    [
      'flatten on a modifier only',
      [
        { chord: 'space', action: null },
        { chord: 'Right Alt', action: 'flatten' },
      ],
      /flatten.*only modifiers/,
    ],
    [
      'no key for quit',
      [
        { chord: 'q', action: null },
        { chord: 'Ctrl+C', action: null },
      ],
      /expected a key for quit/,
    ],
    ['no answer to a question', [{ chord: 'y', action: null, context: 'question' }], /expected a key for yes/],
    [
      'an entry on Ctrl as it is pressed',
      [{ chord: 'Left Ctrl', action: 'sell', fires: 'press' }],
      /Left Ctrl: expected sell on a tap.*Ctrl\+C too; leave fires out, or set allowsChordTrades/,
    ],
    [
      'an exit on Shift as it is pressed',
      [{ chord: 'Left Shift', action: 'flatten', fires: 'press' }],
      /Left Shift: expected flatten on a tap/,
    ],
    [
      'a tap of what is no modifier',
      [{ chord: 'z', action: 'buy', fires: 'tap' }],
      /expected a tap of a modifier alone.*but z is none/,
    ],
    [
      'an entry on several keys at once',
      [{ chord: 'Alt+B', action: 'buy' }],
      /Alt\+B: expected one key for buy.*or set allowsChordTrades/,
    ],
    [
      'an entry on a common chord',
      [{ chord: 'Ctrl+V', action: 'buy' }],
      /Ctrl\+V: .*everybody presses it for other things/,
    ],
    ['an entry on Escape, with which sequences begin', [{ chord: 'Esc', action: 'buy' }], /Esc: .*use another/],
    [
      'an entry on a key that is an exit with something held',
      [{ chord: 'Shift+Space', action: 'buy' }],
      /Shift\+Space: expected flatten, as Space is/,
    ],
    [
      'an entry while a question is asked',
      [{ chord: 'z', action: 'buy', context: 'question' }],
      /expected buy while trading, but got question/,
    ],
    [
      'an entry while something is typed',
      [{ chord: 'Alt+B', action: 'buy', context: 'text' }],
      /buy while trading, but got text/,
    ],
    [
      'a key for the list of keys, which any key closes',
      [{ chord: 'F2', action: 'redraw', context: 'help' }],
      /redraw while trading, but got help/,
    ],
    ['an exit for one context', [{ chord: 'z', action: 'flatten', context: 'help' }], /flatten once for every context/],
    [
      'an exit on the key of an answer',
      [{ chord: 'y', action: 'close-position' }],
      /y: expected one meaning, but it is close-position and answers yes/,
    ],
    [
      'a letter where letters are typed',
      [{ chord: 'z', action: 'quit', context: 'text' }],
      /expected a key that types nothing/,
    ],
    [
      'an answer where nothing is asked',
      [{ chord: 'z', action: 'yes', context: 'trading' }],
      /expected yes while a question is asked, but got trading/,
    ],
  ])('%s: is refused in one sentence', (_what, own, problem) => {
    const problems = problemsOf({ own })
    expect(problems.filter(text => problem.test(text))).toHaveLength(1)
    for (const text of problems) expect(text).toMatch(/^.*expected .+, but .+[;] .+$/)
  })

  it('with several problems are told them all at once', () => {
    const own = [
      { chord: 'q1', action: 'buy' },
      { chord: 'z', action: 'bye' },
      { chord: 'space', action: null },
    ]
    expect(problemsOf({ own })).toHaveLength(3)
  })

  it('may trade on chords where the trader says so, but not on the common ones', () => {
    const own = [{ chord: 'Alt+B', action: 'buy' }] as const
    expect(problemsOf({ own, allowsChordTrades: true })).toEqual([])
    expect(problemsOf({ own: [{ chord: 'Ctrl+C', action: 'buy' }], allowsChordTrades: true })).not.toEqual([])
  })
})

it('knows what each action does at the broker', () => {
  expect(KEY_ACTIONS.filter(action => factsOf(action).danger === 'sends')).toEqual(
    KEY_ACTIONS.filter(action => factsOf(action).kind === 'entry'),
  )
})
