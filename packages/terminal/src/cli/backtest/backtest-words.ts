import type { Parameter, ParameterValue } from '@scalpdesk/bots'
import { type Description, durationText, type JobResult } from '@scalpdesk/bots/runs'
import { sheet } from '../table.ts'

export const money = (cents: number, currency: string): string => `${(cents / 100).toFixed(2)} ${currency}`

/** As `--set` takes them. @param names those that are told; all of them unless told */
export const parameterText = (
  parameters: Readonly<Record<string, ParameterValue>>,
  schema: Description['parameters'],
  names: readonly string[] = Object.keys(parameters),
): string =>
  names
    .flatMap(name => {
      const value = parameters[name]
      if (value === undefined) return []
      return `${name}=${schema[name]?.kind === 'duration' && typeof value === 'number' ? durationText(value) : value}`
    })
    .join(' ')

/** For people: the report, and what only a backtest has to say. */
export function resultLines(result: JobResult, seconds: number, schema: Description['parameters']): readonly string[] {
  const { summary, currency, denied, rejected, crossed, remarks, said, end } = result
  const counts = (list: JobResult['denied']): string =>
    list.map(([code, count]) => `${count} ${code}`).join(', ') || 'none'
  const told: (readonly [string, string])[] = [
    ['strategy', `${result.strategy} ${parameterText(result.parameters, schema)}`.trim()],
    [
      'ticks',
      `${summary.ticks.toLocaleString('en')} from ${time(summary.fromMs)} to ${time(summary.toMs)} UTC, ${crossed.toLocaleString('en')} crossed ones held back`,
    ],
    ['speed', `${(summary.ticks / Math.max(seconds, 0.001) / 1e6).toFixed(2)} million ticks/s, with its start`],
    ['orders', `${result.orders}; denied by the guard: ${counts(denied)}; rejected by the broker: ${counts(rejected)}`],
    [
      'result',
      `${money(summary.netCents, currency)} in ${summary.trades} closing deals; deepest fall of the cash, charges included: ${money(summary.drawdownCents, currency)}`,
    ],
    ['seed', String(result.seed)],
  ]
  if (summary.openAtEnd > 0) told.push(['open', `${summary.openAtEnd} positions are left open at the end`])
  if (end.kind === 'failed') told.push(['ENDED EARLY', end.why])
  return [
    ...(result.texts.screen ?? '').trimEnd().split('\n'),
    '',
    ...sheet(told),
    ...remarks.map(remark => `note: ${remark}`),
    ...said.slice(0, 20).map(line => `said: ${line}`),
    'A backtest knows neither tomorrow nor your own effect on the market.',
  ]
}

/** For scripts. */
export function resultDocument({ texts: _texts, ...result }: JobResult): unknown {
  return {
    ...result,
    summary: { ...result.summary, parts: undefined },
    denied: Object.fromEntries(result.denied),
    rejected: Object.fromEntries(result.rejected),
  }
}

/** What a strategy can be told, as `--help` shows it. */
export function describedParameters({
  name,
  about,
  parameters,
  markets,
}: Pick<Description, 'name' | 'about' | 'parameters' | 'markets'>): readonly string[] {
  const rows = Object.entries(parameters).map(([each, parameter]) => [`  ${each}`, parameterWords(parameter)] as const)
  return [
    `${name}${about === '' ? '' : `: ${about}`}`,
    ...(markets.length > 0 ? [`Markets: ${markets.join(', ')}`] : []),
    rows.length === 0 ? 'It can be told nothing.' : 'Parameters, by --set NAME=VALUE:',
    ...(rows.length === 0 ? [] : sheet(rows)),
  ]
}

function parameterWords(parameter: Parameter): string {
  const about = parameter.about === undefined ? '' : `${parameter.about}; `
  switch (parameter.kind) {
    case 'boolean':
      return `${about}true or false (default ${parameter.default})`
    case 'choice':
      return `${about}${parameter.of.join(', ')} (default ${parameter.default})`
    case 'duration': {
      const [from, to, usual] = [parameter.min, parameter.max, parameter.default].map(durationText)
      return `${about}from ${from} to ${to} (default ${usual})`
    }
    case 'integer':
    case 'number':
      return `${about}${parameter.kind === 'integer' ? 'whole, ' : ''}from ${parameter.min} to ${parameter.max} (default ${parameter.default})`
    default:
      return unreachable(parameter)
  }
}

const time = (atMs: number): string => new Date(atMs).toISOString().slice(0, 19).replace('T', ' ')

function unreachable(value: never): never {
  throw new Error(`expected a known parameter, but got ${JSON.stringify(value)}`)
}
