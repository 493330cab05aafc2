import { EXIT, ExitError } from '../exit-status.ts'

/** Readers of what follows a flag. @throws ExitError in one sentence that names the flag, what it takes and what it got. */

export function amount(flag: string, what: string): (text: string) => string {
  return text => {
    if (/^\d{1,9}(\.\d{1,12})?$/.test(text) && Number(text) > 0) return text
    throw misused(flag, `${what} above 0 such as 1 or 0.5`, text)
  }
}

export function wholeNumber(flag: string, least: number, most: number): (text: string) => number {
  return text => {
    const value = Number(text)
    if (/^\d+$/.test(text) && value >= least && value <= most) return value
    throw misused(flag, `a whole number from ${least} to ${most}`, text)
  }
}

export function timeOfDay(flag: string): (text: string) => string {
  return text => {
    if (/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/.test(text)) return text
    throw misused(flag, 'a time of day such as 12:30 or 12:30:05', text)
  }
}

/** What one flag means to tapes, a time of day, and to reports, a day: the command decides, and takes no other. */
export function timeOrDay(flag: string): (text: string) => string {
  const take = timeOfDay(flag)
  return text => (isDayText(text) ? text : take(text))
}

/** Whether it has the form of a day, such as 2026-01-05. */
export const isDayText = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text)

/** A time of day, as milliseconds since midnight. */
export function moment(flag: string): (text: string) => number {
  const take = timeOfDay(flag)
  return text => {
    const [hours = 0, minutes = 0, seconds = 0] = take(text).split(':').map(Number)
    return ((hours * 60 + minutes) * 60 + seconds) * 1_000
  }
}

export function speed(flag: string): (text: string) => number | 'max' {
  return text => {
    if (text === 'max') return 'max'
    const value = Number(text)
    if (/^\d+(\.\d+)?$/.test(text) && value > 0 && value <= FASTEST) return value
    throw misused(flag, `a factor above 0 and up to ${FASTEST} such as 1, 0.5 or 10, or the word max`, text)
  }
}

export function minutes(flag: string): (text: string) => number {
  return text => {
    const value = Number(text)
    if (/^\d{1,6}(\.\d{1,6})?$/.test(text) && value > 0) return value
    throw misused(flag, 'minutes above 0 such as 30', text)
  }
}

/** A length of time with its unit, as milliseconds. */
export function timeSpan(flag: string): (text: string) => number {
  return text => {
    const [, figure, unit] = /^(\d{1,6})(s|m|h)$/.exec(text) ?? []
    const ms = Number(figure) * (unit === 'h' ? 3_600_000 : unit === 'm' ? 60_000 : 1_000)
    if (ms > 0) return ms
    throw misused(flag, 'a length of time such as 90s, 5m or 2h', text)
  }
}

export function file(flag: string): (text: string) => string {
  const takeOne = files(flag)
  return text => {
    takeOne(text, [])
    return text
  }
}

/** Takes files one by one; a flag where a file should be means that the file was forgotten. */
export function files(flag: string): (text: string, earlier: readonly string[] | undefined) => readonly string[] {
  return (text, earlier = []) => {
    if (text !== '' && !text.startsWith('-')) return [...earlier, text]
    throw misused(flag, 'a file', text, 'write ./ before a name that begins with a dash')
  }
}

export function choice<Name extends string>(flag: string, names: readonly [Name, ...Name[]]): (text: string) => Name {
  return text => {
    // Set to nothing is how shells leave a variable out.
    const name = text === '' ? names[0] : names.find(candidate => candidate === text)
    if (name !== undefined) return name
    throw misused(flag, names.join(' or '), text)
  }
}

export function misused(flag: string, takes: string, got: string, advice = 'see scalpdesk --help'): ExitError {
  return new ExitError(EXIT.usage, `expected ${flag} to be ${takes}, but got ${excerpt(got)}; ${advice}`)
}

/** What somebody typed, short enough for a sentence. */
export function excerpt(text: string): string {
  if (text === '') return 'nothing'
  return text.length > EXCERPT_LENGTH ? `${text.slice(0, EXCERPT_LENGTH)}…` : text
}

/** Beyond this a day of ticks is over in a tenth of a second: `max` says the same (our choice). */
const FASTEST = 1_000_000
const EXCERPT_LENGTH = 60
