import { describe, expect, it } from 'vitest'
import { DEFAULT_SETTINGS, type Settings } from './settings.ts'
import { readDocument } from './settings-document.ts'
import { problemText } from './settings-problem.ts'

/** What a text of the settings file says, and what is said of one that is wrong. */

function read(text: string): Settings {
  const found = readDocument(text, 'settings.json')
  if (found.kind === 'settings') return found.settings
  throw new Error(found.kind === 'problems' ? found.problems.map(problemText).join('\n') : found.kind)
}

function problemsOf(text: string): readonly string[] {
  const found = readDocument(text, 'settings.json')
  return found.kind === 'problems' ? found.problems.map(problemText) : [`no problem: ${found.kind}`]
}

const preset = (fields: string) =>
  `{"markets": [{"epic": "CS.D.EURUSD.CFD.IP", "presets": [{"name": "scalp", "sizes": {"1": 1}, "stop": null, ${fields}}]}]}`
const sized = (sizes: string) =>
  `{"markets": [{"epic": "CS.D.EURUSD.CFD.IP", "presets": [{"name": "scalp", "sizes": ${sizes}, "stop": null}]}]}`

describe('what a file leaves out', () => {
  it.each(['{}', '{"version": 1}', '{"$schema": "./settings.schema.json"}', '// mine\n{\n}\n'])(
    '%s: is the default',
    text => {
      expect(read(text)).toEqual(DEFAULT_SETTINGS)
    },
  )

  it('is the default also inside what it has', () => {
    const settings = read('{"guard": {"maxLossStreak": 3}, "watchdogs": {"missingStop": {"closeAfterMs": 500}}}')
    expect(settings.guard).toEqual({ ...DEFAULT_SETTINGS.guard, maxLossStreak: 3 })
    expect(settings.watchdogs.missingStop).toEqual({ of: 'any', closeAfterMs: 500 })
    expect(settings.watchdogs.movedStop).toBe(true)
  })
})

describe('amounts', () => {
  const sizeIn = (size: string) => {
    const preset = read(sized(`{"1": ${size}}`)).markets[0]?.presets[0]
    const chosen = preset?.sizes[1]
    return chosen?.kind === 'fixed' ? chosen.size.toFixed() : null
  }

  it.each([
    ['0.1', '0.1'],
    ['"0.1"', '0.1'],
    ['0.100000000001', '0.100000000001'],
    ['123456789012.123456789012', '123456789012.123456789012'],
    ['5e-1', '0.5'],
    ['1E2', '100'],
  ])('%s is read digit by digit', (written, amount) => {
    expect(sizeIn(written)).toBe(amount)
  })

  it.each(['0', '-1', '"-1"', '1e13', '1e-13', '"0x10"', '" 1"', '"1,5"', '"NaN"', '"Infinity"', '""', 'true'])(
    '%s is no size',
    written => {
      expect(problemsOf(sized(`{"1": ${written}}`))).toEqual([
        expect.stringMatching(
          /^settings\.json:1:\d+: markets\[0\]\.presets\[0\]\.sizes\.1: expected a size such as 0\.5, .*, but got /,
        ),
      ])
    },
  )
})

describe('a preset', () => {
  it('has sizes in contracts and sizes from risk, and begins with the lowest key', () => {
    const [scalp] =
      read(sized('{"2": 0.5, "3": {"riskMoney": 50}, "9": {"riskPercent": "0.5"}}')).markets[0]?.presets ?? []
    expect(scalp?.sizeKey).toBe(2)
    expect(JSON.parse(JSON.stringify(scalp?.sizes))).toEqual({
      2: { kind: 'fixed', size: '0.5' },
      3: { kind: 'risk', risk: { kind: 'money', amount: '50' } },
      9: { kind: 'risk', risk: { kind: 'equity', percent: '0.5' } },
    })
  })

  it('says whether it has a stop: leaving it out is a mistake, not a position without one', () => {
    const text = '{"markets": [{"epic": "CS.D.EURUSD.CFD.IP", "presets": [{"name": "a", "sizes": {"1": 1}}]}]}'
    expect(problemsOf(text)).toEqual([
      'settings.json:1:57: markets[0].presets[0].stop: expected an object {…}, or null, but it is missing; add it',
    ])
  })
})

describe('what is wrong', () => {
  it('is told all at once, in the order of the text, each with its line, what was expected and what came', () => {
    expect(
      problemsOf(`{
  "mode": "nett",
  "gaurd": {},
  "account": 5,
  "guard": {
    "maxLossStreak": 0,
    "maxDayLoss": "much",
    "markets": {
      "x": {},
      "CS.D.EURUSD.CFD.IP": {"maxOrderSise": 3}
    }
  },
  "screen": {"bell": {"filled": "bel", "denied": {"fil": "a.wav"}}, "linear": "yes"},
  "mode": "net"
}`),
    ).toEqual([
      'settings.json:3:3: gaurd: expected a field of the settings, but "gaurd" is none; did you mean "guard"?',
      'settings.json:4:14: account: expected an account id such as ABC12, or null, but got 5; correct it',
      'settings.json:6:22: guard.maxLossStreak: expected a whole number from 1, or null, but got 0; correct it',
      'settings.json:7:19: guard.maxDayLoss: expected an amount above 0, with at most 12 decimals, or null, but got "much"; correct it',
      'settings.json:9:7: guard.markets.x: expected the epic of a market such as CS.D.EURUSD.CFD.IP, but got "x"; correct it',
      'settings.json:10:30: guard.markets["CS.D.EURUSD.CFD.IP"].maxOrderSise: expected a field of the settings, but "maxOrderSise" is none; did you mean "maxOrderSize"?',
      'settings.json:13:33: screen.bell.filled: expected off, bell or {"file": "…"}, but got "bel"; correct it',
      'settings.json:13:50: screen.bell.denied.file: expected the path of a sound file, but it is missing; add it',
      'settings.json:13:51: screen.bell.denied.fil: expected a field of the settings, but "fil" is none; did you mean "file"?',
      'settings.json:13:79: screen.linear: expected true or false, but got "yes"; correct it',
      'settings.json:14:3: mode: expected each field once, but this one stands here again; leave one of them',
    ])
  })

  it.each([
    [
      sized('{"1": {"riskMoney": 5, "riskPercent": 1}}'),
      /sizes\.1: expected either riskMoney or riskPercent, but got an object with/,
    ],
    [sized('{"1": {"riskPercent": 101}}'), /expected a share above 0 to 100, with at most 12 decimals, but got 101/],
    [sized('{"0": 1}'), /sizes\.0: expected a field of the settings, but "0" is none; .*known here: 1, 2, 3/],
    [sized('{}'), /expected a size on at least one of the keys 1 to 9, but got an empty object/],
    [preset('"sizeKey": 10'), /sizeKey: expected a whole number from 1 to 9, but got 10/],
    [
      preset('"sizeKey": 2'),
      /presets\[0\]: expected a preset that has a size on the key that its sizeKey names, but got an object/,
    ],
    [preset('"limit": {"points": 5}'), /limit: expected a distance above 0.*, or null, but got an object/],
    [
      '{"timeZone": "Mars/Olympus"}',
      /timeZone: expected a time zone such as Europe\/London, or null, but got "Mars\/Olympus"/,
    ],
    ['{"timeZone": "+01:00"}', /timeZone: expected a time zone/],
    [
      '{"guard": {"tradingHours": [{"days": [], "from": "9:00", "until": "25:00"}]}}',
      /days: expected at least one day such as "mon"/,
    ],
    ['{"guard": {"coolDownMs": 1.5}}', /expected a whole number from 0, but got 1\.5/],
    [
      '{"markets": [{"epic": "CS.D.EURUSD.CFD.IP", "presets": []}]}',
      /expected at least one preset, but got an empty list/,
    ],
    ['[]', /^settings\.json:1:1: expected an object \{…\}, but got an empty list/],
    ['{"version": "1"}', /version: expected the number 1, but got "1"/],
    ['{"__proto__": {"mode": "net"}}', /__proto__/],
    ['{"guard": {"markets": {"__proto__": {}}}}', /__proto__/],
  ])('%s', (text, words) => {
    expect(problemsOf(text).join('\n')).toMatch(words)
  })

  it.each([
    ['{"mode": "net"', /1:15: .*the file ends in the middle of it/],
    ['{"mode": "ne', /the file ends in the middle|expected a closing "/],
    ['{"mode": net}', /1:10: expected a JSON value, but this word is none/],
    ['{"mode" "net"}', /1:9: expected a colon/],
    ['{"mode": "net" "account": null}', /1:16: expected a comma/],
    ['{}{}', /1:3: expected nothing after the closing }/],
    ['{"a": 01}', /1:8: expected a comma/],
    ['hello', /1:1: expected a JSON object/],
  ])('is no JSON: %s', (text, words) => {
    const problems = problemsOf(text)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(words)
  })

  it.each(['[', '{"a":'])('is nested too deeply: %s, again and again', level => {
    expect(problemsOf(level.repeat(150_000))).toEqual([expect.stringMatching(/:1:\d+: expected .*; /)])
    expect(problemsOf(`{"guard": ${level.repeat(50)}`)).toEqual([expect.stringMatching(/ends in the middle/)])
  })

  it('a newer version is refused with nothing else said of it: what it holds is not known here', () => {
    expect(problemsOf('{"gaurd": {}, "version": 2}')).toEqual([
      'settings.json:1:26: version: expected version 1 or older, but got 2, which a newer scalpdesk wrote; use that one, or move the file away',
    ])
  })
})

describe('credentials', () => {
  it.each(['password', 'apiKey', 'api_key', 'API-KEY', 'token', 'X-SECURITY-TOKEN', 'CST', 'clientSecret', 'username'])(
    '%s is refused wherever it stands, and its value never shown',
    name => {
      for (const text of [
        `{"${name}": "hunter2"}`,
        `{"guard": {"${name}": {"hunter2": 1}}}`,
        `{"other": [{"deep": {"${name}": "hunter2"}}]}`,
        `{"${name}": "hunter2", "${name}": "hunter2"}`,
      ]) {
        const told = problemsOf(text).join('\n')
        expect(told).toContain('expected no credentials in the settings')
        expect(told).not.toContain('hunter2')
      }
    },
  )

  it('are not seen in the names that settings have', () => {
    expect(read('{"keys": {"profile": "arrows"}}').keys.profile).toBe('arrows')
    expect(read(preset('"sizeKey": 1')).markets).toHaveLength(1)
  })
})
