import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { JournalPort, JournalRecord } from '@scalpdesk/desk'

/** What became of an order, as far as an ear is told. */
export type Signal = 'filled' | 'rejected' | 'denied' | 'unknown'

/** What is heard: nothing, the terminal's bell, or a file that a player on this machine plays. */
type Sound = 'off' | 'bell' | { readonly file: string }

export type Sounds = Readonly<Record<Signal, Sound>>

export const SILENT: Sounds = { filled: 'off', rejected: 'off', denied: 'off', unknown: 'off' }

/** How often each came about in this session. */
export type SignalCounts = Readonly<Record<Signal, number>>

/**
 * The journal, overheard: its records say what became of an order, which the words on the screen only describe. Costs a key
 * next to nothing; what is to be heard waits for the next frame.
 */
export interface OverheardJournal extends JournalPort {
  /** Signals since the last call, each once. */
  take(): readonly Signal[]
  readonly counts: SignalCounts
}

export function overhear(journal: JournalPort): OverheardJournal {
  const counts = { filled: 0, rejected: 0, denied: 0, unknown: 0 }
  let fresh: Signal[] = []
  return {
    append(record) {
      const signal = signalOf(record)
      if (signal !== null) {
        counts[signal] += 1
        fresh.push(signal)
      }
      journal.append(record)
    },
    ...(journal.rehearse && { rehearse: record => journal.rehearse?.(record) }),
    take() {
      if (fresh.length === 0) return NOTHING
      const taken = [...new Set(fresh)]
      fresh = []
      return taken
    },
    counts,
  }
}

const NOTHING: readonly Signal[] = []

function signalOf({ kind }: JournalRecord): Signal | null {
  switch (kind) {
    case 'filled':
    case 'rejected':
    case 'denied':
    case 'unknown':
      return kind
    case 'unresolved':
      return 'unknown'
    default:
      return null
  }
}

/** Plays a file and does not wait for it. @returns a way to hear why it could not */
export type Player = (file: string, onFailure: (why: string) => void) => void

/** The first of these that the machine has; each plays a file that it is given and ends. */
const PLAYERS = ['paplay', 'pw-play', 'afplay', 'aplay', 'play'] as const

export function findPlayer(path: string): Player | null {
  for (const name of PLAYERS)
    for (const folder of path.split(delimiter).filter(part => part !== '')) {
      const program = join(folder, name)
      if (isExecutable(program)) return playWith(program)
    }
  return null
}

function isExecutable(program: string): boolean {
  try {
    accessSync(program, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function playWith(program: string): Player {
  return (file, onFailure) => {
    // Loaded by the first sound: most desks play none.
    const { spawn } = process.getBuiltinModule('node:child_process')
    const playing = spawn(program, [file], { detached: true, stdio: 'ignore' })
    playing.on('error', error => onFailure(error.message))
    playing.on('exit', code => {
      if (code !== 0 && code !== null) onFailure(`${program} could not play ${file}`)
    })
    playing.unref()
  }
}

/** Lets each signal be heard as the settings say; what fails is told once, and files are silent from then on. */
export function startSounds(parts: {
  readonly sounds: Sounds
  readonly player: Player | null
  readonly ring: () => void
  readonly onFailure: (why: string) => void
}): (signals: readonly Signal[]) => void {
  const { sounds, player, ring, onFailure } = parts
  let hasFailed = false
  function fail(why: string): void {
    if (hasFailed) return
    hasFailed = true
    onFailure(why)
  }
  return signals => {
    let rings = false
    for (const signal of signals) {
      const sound = sounds[signal]
      if (sound === 'bell') rings = true
      else if (sound !== 'off' && !hasFailed) {
        if (player) player(sound.file, fail)
        else fail(`no program to play files was found (${PLAYERS.join(', ')})`)
      }
    }
    if (rings) ring()
  }
}
