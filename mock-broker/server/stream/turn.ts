/**
 * What is done once in a turn of the event loop, however much happened in it: rows are collected, sessions hand them over,
 * sockets are written.
 */
export interface Turn {
  later(phase: TurnPhase, task: () => void): void
  close(): void
}

type TurnPhase = 'collect' | 'hand-over' | 'write'

export function turn(): Turn {
  const tasks: Readonly<Record<TurnPhase, Set<() => void>>> = {
    collect: new Set(),
    'hand-over': new Set(),
    write: new Set(),
  }
  let waiting: NodeJS.Immediate | null = null

  function run(): void {
    waiting = null
    for (const phase of PHASES) {
      const due = [...tasks[phase]]
      tasks[phase].clear()
      for (const task of due) task()
    }
  }

  return {
    later(phase, task) {
      tasks[phase].add(task)
      waiting ??= setImmediate(run)
    },
    close() {
      if (waiting) clearImmediate(waiting)
      waiting = null
      for (const phase of PHASES) tasks[phase].clear()
    },
  }
}

const PHASES = ['collect', 'hand-over', 'write'] as const
