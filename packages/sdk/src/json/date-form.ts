import { isLocalTime, type LocalTime } from '../account-zone.ts'

/** One way to write a date. */
export interface DateForm {
  /** `null`: another form, or no date, such as 30 February. */
  read(text: string): LocalTime | null
  write(local: LocalTime): string
}

/**
 * @param pattern of `yyyy`, `yy`, `MM`, `MMM` (English, `JAN`), `dd`, `HH`, `mm`, `ss`, `SSS`, `F` (1 to 3 decimals
 * of a second) and literal characters
 */
export function dateForm(pattern: string): DateForm {
  const parts = pattern.match(/yyyy|yy|MMM|MM|dd|HH|mm|ss|SSS|./g) ?? []
  const whole = new RegExp(`^${parts.map(part => FIELDS.get(part)?.source ?? part.replace(/\W/, '\\$&')).join('')}$`)
  const fields = parts.flatMap(part => FIELDS.get(part) ?? [])
  return {
    read(text) {
      const match = whole.exec(text)
      if (match === null) return null
      const local = { ...MIDNIGHT }
      for (const [index, field] of fields.entries()) local[field.name] = field.read(match[index + 1] ?? '')
      return isLocalTime(local) ? local : null
    },
    write: local => parts.map(part => FIELDS.get(part)?.write(local) ?? part).join(''),
  }
}

interface DateField {
  readonly name: keyof LocalTime
  /** A regular expression with one group. */
  readonly source: string
  read(text: string): number
  write(local: LocalTime): string
}

const MIDNIGHT = { year: 1970, month: 1, day: 1, hour: 0, minute: 0, second: 0, ms: 0 }
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']

const FIELDS: ReadonlyMap<string, DateField> = new Map<string, DateField>([
  ['yyyy', digits('year', 4)],
  // Of this century: IG's API is younger.
  ['yy', { ...digits('year', 2), read: text => 2000 + Number(text), write: local => String(local.year).slice(-2) }],
  ['MM', digits('month', 2)],
  [
    'MMM',
    {
      name: 'month',
      source: '([A-Za-z]{3})',
      read: text => MONTHS.indexOf(text.toUpperCase()) + 1,
      write: local => MONTHS[local.month - 1] ?? '',
    },
  ],
  ['dd', digits('day', 2)],
  ['HH', digits('hour', 2)],
  ['mm', digits('minute', 2)],
  ['ss', digits('second', 2)],
  ['SSS', digits('ms', 3)],
  ['F', { ...digits('ms', 3), source: '(\\d{1,3})', read: text => Number(text.padEnd(3, '0')) }],
])

function digits(name: keyof LocalTime, count: number): DateField {
  return {
    name,
    source: `(\\d{${count}})`,
    read: Number,
    write: local => String(local[name]).padStart(count, '0'),
  }
}
