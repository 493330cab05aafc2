import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parameterOf, readValue } from '@scalpdesk/bots'
import {
  type Description,
  type Job,
  type JobForm,
  type JobResult,
  jobRunner,
  packed,
  type RunnerOptions,
} from '@scalpdesk/bots/runs'
import { EXIT, ExitError } from '../../exit-status.ts'
import { listenForSignals } from '../../interruption.ts'
import { printable } from '../../printable.ts'
import { guardLimits } from '../../settings/desk-settings.ts'
import { answer } from '../answer.ts'
import { commandContext } from '../command-context.ts'
import { progressLine } from '../progress-line.ts'
import type { BacktestOptions } from './backtest-options.ts'
import { describedParameters, resultDocument, resultLines } from './backtest-words.ts'

/** @param help the text of `--help` */
export async function runBacktest(
  strategy: string | undefined,
  options: BacktestOptions,
  help: () => string,
): Promise<number> {
  listenForSignals()
  const progress = progressLine(process.stderr)
  const threads = threadOptions(options, text => progress.print(printable(text.trimEnd())))
  const runner = jobRunner(threads)
  try {
    if (options.help) return await tellHelp(strategy, help(), file => runner.describe(file))
    const file = neededFile(strategy, options)
    const description = await refused(runner.describe(file), EXIT.usage)
    const job = jobOf(file, options, description)
    if (options.sweep) {
      await runner.close()
      const { runSweep } = await import('./run-sweep.ts')
      return await runSweep(job, options, description, threads, progress)
    }
    const idle = (['tries', 'objective', 'outOfSample', 'walkForward', 'threads'] as const).find(
      name => options[name] !== undefined,
    )
    if (idle)
      throw new ExitError(
        EXIT.usage,
        `--${kebab(idle)} is about a sweep, but there is none; add --sweep NAME=FROM..TO:STEP`,
      )
    const started = performance.now()
    const result = await refused(runner.run(job, fraction => progress.show(`backtest ${bar(fraction)}`)))
    progress.clear()
    writeReports(result, options.report ?? [])
    const seconds = (performance.now() - started) / 1000
    answer(options.json ?? false, resultDocument(result), resultLines(result, seconds, description.parameters))
    return result.end.kind === 'failed' ? EXIT.failed : EXIT.done
  } finally {
    progress.clear()
    await runner.close()
  }
}

export function bar(fraction: number): string {
  const done = Math.round(fraction * 30)
  return `[${'#'.repeat(done)}${'.'.repeat(30 - done)}] ${Math.floor(fraction * 100)} %`
}

/** The script of its process lies beside the command where it is built, and in the package of the bots where it runs from its sources. */
function threadOptions(options: BacktestOptions, onPrint: (text: string) => void): RunnerOptions {
  return {
    workerUrl: new URL('./job-worker.js', import.meta.url),
    botsUrl: new URL('./bots.js', import.meta.url).href,
    ...(options.callLimit !== undefined && { callLimitMs: options.callLimit * 1000 }),
    ...(options.memory !== undefined && { memoryMb: options.memory }),
    onPrint,
  }
}

async function tellHelp(
  strategy: string | undefined,
  help: string,
  describe: (file: string) => Promise<Description>,
): Promise<number> {
  const told = strategy === undefined ? [] : ['', ...describedParameters(await refused(describe(strategy), EXIT.usage))]
  answer(false, null, [...help.trimEnd().split('\n'), ...told])
  return EXIT.done
}

function neededFile(strategy: string | undefined, { replay }: BacktestOptions): string {
  if (strategy === undefined)
    throw new ExitError(
      EXIT.usage,
      'expected the file of a strategy, but got none; write scalpdesk backtest FILE --replay TICKS',
    )
  if (!replay) throw new ExitError(EXIT.usage, 'expected ticks to play, but got none; add --replay FILE')
  return strategy
}

function jobOf(file: string, options: BacktestOptions, { parameters }: Description): Job {
  const { replay = [], from = null, strict = false, seed = 1, cash = '10000', currency = 'EUR', latency = 0 } = options
  const { slippage, requotes = 0, partial = 0, set = [], guard } = options
  const conditions = {
    requoteChance: requotes,
    partialFillChance: partial,
    slippageChance: slippage?.chance ?? 0,
    mostSlippagePoints: slippage?.points ?? 1,
  }
  const limits = guard ? guardLimits(commandContext(options).settings.guard) : {}
  const isRough = requotes > 0 || partial > 0 || slippage !== undefined
  return {
    file,
    parameters: Object.fromEntries(set.map(each => assigned(each, parameters))),
    ticks: { kind: 'files', files: replay, from, strict },
    seed,
    cash,
    currency,
    limits: packed(limits),
    latencyMs: latency,
    ...(options.warmUp !== undefined && { warmUpMs: options.warmUp }),
    conditions: isRough ? conditions : null,
    cutsMs: [],
    forms: [...(options.json ? [] : (['screen'] as const)), ...(options.report ?? []).map(formOf)],
    screen: { columns: process.stdout.columns || 100, hasColour: options.color && process.stdout.isTTY },
  }
}

function assigned(text: string, parameters: Description['parameters']) {
  const at = text.indexOf('=')
  const [name, value] = [text.slice(0, at), text.slice(at + 1)]
  try {
    return [name, readValue(name, parameterOf(parameters, name), value)] as const
  } catch (cause) {
    throw new ExitError(EXIT.usage, cause instanceof Error ? cause.message : String(cause))
  }
}

const FORM_OF = { html: 'html', json: 'json', md: 'markdown' } as const

function formOf(path: string): JobForm {
  const ending = path.slice(path.lastIndexOf('.') + 1)
  return ending === 'html' || ending === 'json' || ending === 'md' ? FORM_OF[ending] : 'html'
}

function writeReports({ texts }: JobResult, paths: readonly string[]): void {
  for (const path of paths)
    try {
      writeFileSync(path, texts[formOf(path)] ?? '')
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause)
      throw new ExitError(EXIT.failed, `expected to write the report to ${path}, but ${why}; choose another place`)
    }
}

/** @param status wrong usage where there is no strategy to play: `bot run` ends with the same */
export function refused<Value>(
  running: Promise<Value>,
  status: typeof EXIT.failed | typeof EXIT.usage = EXIT.failed,
): Promise<Value> {
  return running.catch((cause: unknown) => {
    throw new ExitError(status, cause instanceof Error ? cause.message : String(cause))
  })
}

const kebab = (name: string): string => name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)

export const cacheFolder = (home: string): string => join(home, 'cache', 'ticks')
