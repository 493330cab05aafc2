import type { Job } from '../runs/job.ts'

/** A plain run of a strategy. Tests and benches only. */
export function aJob(file: string, ticks: Job['ticks']): Job {
  return {
    file,
    parameters: {},
    ticks,
    seed: 1,
    cash: '10000',
    currency: 'EUR',
    limits: {},
    latencyMs: 0,
    conditions: null,
    cutsMs: [],
    forms: [],
    screen: { columns: 80, hasColour: false },
  }
}
