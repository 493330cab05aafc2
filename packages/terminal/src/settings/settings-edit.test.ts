import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isJsonObject, type JsonValue, readJson } from './json-document.ts'
import { withoutValueAt, withValueAt } from './json-edit.ts'
import { lineText } from './json-text.ts'
import { nearestName } from './nearest-name.ts'
import { findKey } from './setting-key.ts'
import { parsePath, pathText, type SettingPath } from './setting-path.ts'
import { settingRows } from './setting-rows.ts'
import { type Edited, NEW_FILE, withoutSetting, withSetting } from './settings-edit.ts'
import { exampleText } from './settings-example.ts'

/** One setting changed in a text, and how settings are named. */

const textOf = (edited: Edited): string =>
  edited.kind === 'text' ? edited.text : `refused: ${edited.problems.join('; ')}`

describe('setting', () => {
  const MINE = `{
  // My limits.
  "guard": {
    "maxDayLoss": 200, // enough
    "maxLossStreak": 3
  },
  "mode": "net"
}
`

  it('changes the value alone: comments, order and every other digit stay', () => {
    expect(textOf(withSetting(MINE, ['guard', 'maxDayLoss'], '250.10'))).toBe(MINE.replace('200', '250.10'))
    expect(textOf(withoutSetting(MINE, ['guard', 'maxLossStreak']))).toBe(
      MINE.replace('200, // enough\n    "maxLossStreak": 3', '200 // enough'),
    )
  })

  it.each<[string, string, (string | number)[], string]>([
    ['{"mode": "net"}', '{"mode": "net", "account": "A1"}', ['account'], 'A1'],
    ['{}', '{\n  "account": "A1"\n}', ['account'], 'A1'],
    ['{\n  // nothing yet\n}', '{\n  // nothing yet\n  "account": "A1"\n}', ['account'], 'A1'],
    ['{\n  "mode": "net", // mine\n}', '{\n  "mode": "net", // mine\n  "account": "A1"\n}', ['account'], 'A1'],
    ['{\n  "mode": "net" // mine\n}', '{\n  "mode": "net", // mine\n  "account": "A1"\n}', ['account'], 'A1'],
    [
      '{\n\t"mode": "net" /* a, b */\n\t// end\n}',
      '{\n\t"mode": "net", /* a, b */\n\t// end\n\t"account": "A1"\n}',
      ['account'],
      'A1',
    ],
    [
      '{"guard": {\n  "coolDownMs": 5}}',
      '{"guard": {\n  "coolDownMs": 5,\n  "maxPriceAgeMs": 10\n}}',
      ['guard', 'maxPriceAgeMs'],
      '10',
    ],
    [
      '{"watchdogs": {"missingStop": null}}',
      '{"watchdogs": {"missingStop": {"of": "any"}}}',
      ['watchdogs', 'missingStop', 'of'],
      'any',
    ],
    [
      '{"guard": {"allowedMarkets": []}}',
      '{"guard": {"allowedMarkets": [\n  "ABCDEF"\n]}}',
      ['guard', 'allowedMarkets', 0],
      'ABCDEF',
    ],
    [
      '{"guard": {"allowedMarkets": ["ABCDEF"]}}',
      '{"guard": {"allowedMarkets": ["ABCDEF", "GHIJKL"]}}',
      ['guard', 'allowedMarkets', 1],
      'GHIJKL',
    ],
  ])('of %j gives %j', (before, after, path, value) => {
    expect(textOf(withSetting(before, path, value))).toBe(after)
  })

  it.each<[string, string, (string | number)[]]>([
    ['{"mode": "net", "account": null}', '{"account": null}', ['mode']],
    ['{"mode": "net", "account": null}', '{"mode": "net"}', ['account']],
    [
      '{\n  // a\n  "mode": "net", // b\n  // c\n  "account": null // d\n}',
      '{\n  // a\n  // b\n  // c\n  "account": null // d\n}',
      ['mode'],
    ],
    ['{\n  "mode": "net", // b\n  "account": null\n}', '{\n  "mode": "net" // b\n}', ['account']],
    ['{\r\n  "mode": "net",\r\n  "account": null,\r\n}', '{\r\n  "mode": "net",\r\n}', ['account']],
    [
      '{"guard": {"allowedMarkets": ["ABCDEF", "GHIJKL"]}}',
      '{"guard": {"allowedMarkets": ["GHIJKL"]}}',
      ['guard', 'allowedMarkets', 0],
    ],
    ['{"mode": "net"}', '{"mode": "net"}', ['account']],
  ])('taken out of %j leaves %j', (before, after, path) => {
    const edited = withoutSetting(before, path)
    const left = path.at(-1) === 0 ? textOf(edited) : textOf(edited).replace(/ (?=\})/, '')
    expect(left).toBe(after)
  })

  it('makes what is missing around it', () => {
    expect(JSON.parse(textOf(withSetting(NEW_FILE, ['watchdogs', 'missingStop', 'of'], 'wanted')))).toEqual({
      version: 1,
      watchdogs: { missingStop: { of: 'wanted' } },
    })
    const market = '{"epic": "CS.D.EURUSD.CFD.IP", "presets": [{"name": "a", "sizes": {"1": 1}, "stop": null}]}'
    expect(JSON.parse(textOf(withSetting(NEW_FILE, ['markets', 0], market)))).toEqual({
      version: 1,
      markets: [JSON.parse(market)],
    })
  })

  it('takes JSON or a bare word, whichever fits', () => {
    expect(textOf(withSetting('{}', ['mode'], 'net'))).toContain('"mode": "net"')
    expect(textOf(withSetting('{}', ['mode'], '"net"'))).toContain('"mode": "net"')
    expect(textOf(withSetting('{}', ['account'], '12345'))).toContain('"account": "12345"')
    expect(textOf(withSetting('{}', ['account'], 'null'))).toContain('"account": null')
  })

  it('keeps the line ends of the text', () => {
    const text = '{\r\n  "version": 1\r\n}\r\n'
    expect(textOf(withSetting(text, ['mode'], 'net'))).toBe('{\r\n  "version": 1,\r\n  "mode": "net"\r\n}\r\n')
  })

  it.each<[string, (string | number)[], string, RegExp]>([
    ['a wrong value', ['mode'], 'nett', /^refused: mode: expected hedge or net, but got "nett"; did you mean "net"\?$/],
    ['a wrong number', ['guard', 'maxDayLoss'], '-5', /expected an amount above 0.* but got -5/],
    ['a part without the rest', ['markets', 0, 'epic'], 'CS.D.EURUSD.CFD.IP', /markets\[0\]\.presets: expected a list/],
    ['a value with a credential in it', ['guard'], '{"token": "hunter2"}', /guard\.token: expected no credentials/],
    ['a newer version', ['version'], '2', /expected version 1 or older, but got 2/],
    ['an older version', ['version'], '0', /refused/],
  ])('refuses %s', (_what, path, value, words) => {
    const told = textOf(withSetting('{}', path, value))
    expect(told).toMatch(words)
    expect(told).not.toContain('hunter2')
  })
})

describe('any setting of a file full of comments', () => {
  const example = exampleText()
  const comments = (text: string) => text.match(/\/\/.*/g)
  const fields = settingRows().filter(({ path, field }) => !path.includes('*') && field !== 'version')

  it.each(fields)('$field: set and taken out: nothing else changes, and no comment is lost', row => {
    const before = readJson(example).value
    const set = withValueAt(example, row.path, 'something else')
    expect(comments(set)).toEqual(isLeaf(row.path) ? comments(example) : expect.any(Array))
    expect(lineText(readJson(set).value)).toBe(lineText(replaced(before, row.path, 'something else')))
    const out = withoutValueAt(set, row.path)
    expect(readJson(out).fault).toBeNull()
    expect(lineText(readJson(out).value)).toBe(lineText(replaced(readJson(set).value, row.path, undefined)))
    expect(comments(out)).toEqual(comments(set))
  })

  const isLeaf = (path: SettingPath) =>
    fields.every(other => other.path.length <= path.length || !path.every((step, at) => step === other.path[at]))

  /** The value with another one at the path, at the end where there was none. */
  function replaced(value: JsonValue, [step, ...rest]: SettingPath, by: JsonValue | undefined): JsonValue {
    if (step === undefined) return by ?? null
    if (Array.isArray(value)) return value.map((item, at) => (at === step ? replaced(item, rest, by) : item))
    const fields = { ...(isJsonObject(value) ? value : {}) } as Record<string, JsonValue>
    if (rest.length === 0 && by === undefined) delete fields[step]
    else fields[step] = replaced(fields[step] ?? {}, rest, by)
    return fields
  }
})

describe('the name of a setting', () => {
  const settings = readJson(
    `{"markets": [{"epic": "IX.D.DAX.IFD.IP", "presets": [{"name": "scalp"}, {"name": "slow"}]}]}`,
  ).value

  it.each([
    ['guard.maxDayLoss', ['guard', 'maxDayLoss']],
    ['markets[0].presets[1].stop', ['markets', 0, 'presets', 1, 'stop']],
    ['markets.0.presets.1.stop', ['markets', 0, 'presets', 1, 'stop']],
    ['markets["IX.D.DAX.IFD.IP"].presets.slow.sizes.1', ['markets', 0, 'presets', 1, 'sizes', '1']],
    ['guard.markets["IX.D.DAX.IFD.IP"].maxOrderSize', ['guard', 'markets', 'IX.D.DAX.IFD.IP', 'maxOrderSize']],
    ['markets[1]', ['markets', 1]],
  ])('%s', (key, path) => {
    expect(findKey(key, settings)).toEqual({ kind: 'path', path })
  })

  it.each([
    ['guard.maxDayLos', /guard\.maxDayLos is none; did you mean "maxDayLoss"\?/],
    ['guard.maxDayLoss.more', /is none; it has no fields/],
    [
      'markets["NO.SUCH.MARKET"].epic',
      /expected an entry of markets, but "NO\.SUCH\.MARKET" is none; known here: IX\.D\.DAX\.IFD\.IP/,
    ],
    ['markets[2]', /expected an entry of markets, but "2" is none/],
    ['', /expected a setting such as guard\.maxDayLoss, but got ""/],
    ['a..b', /but got "a\.\.b"/],
    ['__proto__.x', /is none|but got/],
    ['constructor', /is none/],
    ['password', /expected no credentials/],
    ['guard["api-key"]', /expected no credentials/],
  ])('none: %s', (key, words) => {
    const found = findKey(key, settings)
    expect(found.kind === 'none' && found.words).toMatch(words)
  })

  it('reads every name that it writes', () => {
    const step = fc.oneof(fc.nat(99), fc.string({ minLength: 1 }), fc.stringMatching(/^[A-Za-z$][\w$-]*$/))
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.array(step, { maxLength: 4 }), (first, rest) => {
        expect(parsePath(pathText([first, ...rest]))?.map(String)).toEqual([first, ...rest].map(String))
      }),
    )
  })
})

it.each([
  ['gaurd', 'guard'],
  ['MODE', 'mode'],
  ['maxDayLost', 'maxDayLoss'],
  ['xyz', null],
  ['', null],
  ['m'.repeat(10_000), null],
])('nearest to %.20s is %s', (written, name) => {
  expect(nearestName(written, ['mode', 'guard', 'maxDayLoss'])).toBe(name)
})
