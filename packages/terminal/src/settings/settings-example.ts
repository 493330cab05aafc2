import { isJsonObject, type JsonValue, readJson } from './json-document.ts'
import { lineText } from './json-text.ts'
import { ANY_NAME } from './schema-walk.ts'
import type { SettingPath } from './setting-path.ts'
import { type SettingRow, settingRows } from './setting-rows.ts'

/** A settings file with every field in it, each with a comment that says what it does. It passes the check. */
export function exampleText(): string {
  const rows = new Map(settingRows().map(row => [keyOf(row.path), row]))
  const told = new Set<string>()
  return `${INTRODUCTION}${commented(readJson(EXAMPLE).value, [], rows, told)}\n`
}

const INTRODUCTION = `// Settings of scalpdesk: an example, which you can copy to the place that \`scalpdesk config path\` prints.
// Every field may be left out, but for those that a preset needs; comments may stay.
`

type Rows = ReadonlyMap<string, SettingRow>

function commented(value: JsonValue, path: SettingPath, rows: Rows, told: Set<string>): string {
  const indent = '  '.repeat(path.length)
  if (Array.isArray(value) && value.some(isJsonObject)) {
    const items = value.map((item, at) => `${indent}  ${commented(item, [...path, at], rows, told)}`)
    return `[\n${items.join(',\n')}\n${indent}]`
  }
  if (!isJsonObject(value) || !rows.has(keyOf([...path, Object.keys(value)[0] ?? '']))) return lineText(value)
  const fields = Object.entries(value).map(([name, item], at, all) => {
    const below = [...path, name]
    const comma = at < all.length - 1 ? ',' : ''
    const field = `${indent}  ${JSON.stringify(name)}: ${commented(item, below, rows, told)}${comma}`
    return [...comments(rows.get(keyOf(below)), `${indent}  // `, told), field].join('\n')
  })
  return `{\n${fields.join('\n')}\n${indent}}`
}

/** Once for each field, however often it stands in lists. */
function comments(row: SettingRow | undefined, start: string, told: Set<string>): readonly string[] {
  if (!row || told.has(row.about)) return []
  told.add(row.about)
  const parts = [
    row.takes,
    row.unit && `in ${row.unit}`,
    row.usual && row.usual !== 'required' && `default ${row.usual}`,
  ]
  const form = parts.filter(Boolean).join('; ')
  return wrapped(form === '' ? row.about : `${row.about} (${form})`, LINE_LENGTH - start.length).map(
    line => start + line,
  )
}

/** The field's row, whichever entry of a list or a map it stands in. */
function keyOf(path: SettingPath): string {
  return path
    .map((step, at) =>
      typeof step === 'number' ? 0 : path[at - 1] === 'markets' && path[at - 2] === 'guard' ? ANY_NAME : step,
    )
    .join(' ')
}

function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const line = lines.at(-1)
    if (line !== undefined && line.length + word.length < width) lines[lines.length - 1] = `${line} ${word}`
    else lines.push(word)
  }
  return lines
}

const LINE_LENGTH = 110

/** Our choices; for a scalper in EUR/USD on the mock broker. */
const EXAMPLE = `{
  "version": 1,
  "environment": "mock",
  "account": null,
  "mode": "hedge",
  "timeZone": "Europe/London",
  "markets": [
    {
      "epic": "CS.D.EURUSD.CFD.IP",
      "presets": [
        {
          "name": "scalp",
          "sizes": {"1": 1, "2": 2, "3": {"riskMoney": 50}, "4": {"riskPercent": 0.5}},
          "sizeKey": 1,
          "stop": {"kind": "normal", "points": 12},
          "limit": 20
        },
        {
          "name": "runner",
          "sizes": {"1": 1},
          "stop": {"kind": "trailing", "points": 15, "step": 2}
        }
      ]
    }
  ],
  "guard": {
    "allowedMarkets": null,
    "everyMarket": {"maxOrderSize": 5, "maxHeldSize": 10, "maxSpreadPoints": null},
    "markets": {"CS.D.EURUSD.CFD.IP": {"maxSpreadPoints": 1.5}},
    "maxOpenPositions": 3,
    "maxEntriesPerMinute": 10,
    "maxDayLoss": 200,
    "maxLossStreak": 4,
    "coolDownMs": 300000,
    "tradingHours": [{"days": ["mon", "tue", "wed", "thu", "fri"], "from": "07:00", "until": "21:00"}],
    "minMarginLeft": 500,
    "maxPriceAgeMs": 10000,
    "duplicateWindowMs": 250
  },
  "watchdogs": {
    "missingStop": {"of": "any", "closeAfterMs": null},
    "foreignExposure": true,
    "movedStop": true,
    "minMarginPercent": 120,
    "maxClockSkewMs": 5000,
    "maxSilenceMs": 5000
  },
  "keys": {
    "profile": "scalper",
    "own": [{"chord": "f5", "action": "close-half", "context": "trading", "fires": "press"}],
    "allowsChordTrades": false,
    "disarmOnFocusLoss": false
  },
  "screen": {
    "theme": "dark",
    "language": "en",
    "layout": "auto",
    "timeFrame": "ticks",
    "linear": false,
    "linearPrice": {"points": 5, "seconds": 60},
    "reducedMotion": false,
    "bell": {"filled": "bell", "rejected": "bell", "denied": "off", "unknown": {"file": "/usr/share/sounds/alarm.wav"}}
  },
  "journal": {"durability": "written"},
  "reports": {"atSessionEnd": "html", "withinMs": 5000}
}`
