import type { JournalRecord } from '@scalpdesk/desk'
import type { DrillName } from './gate-fact.ts'

/** What the mock broker is made to do, as its admin operations take it. */
export interface DrillFault {
  readonly fault: string
  readonly match?: string
  readonly forMs?: number
}

interface DrillVerdict {
  readonly isPassed: boolean
  readonly words: string
}

/** One drill: what it asks for, what it makes go wrong, and what it says of what the person did. Pure. */
export interface Drill {
  readonly name: DrillName
  /** What the person is asked for now. */
  readonly ask: string
  /** Null while it goes on. */
  readonly verdict: DrillVerdict | null
  /** @returns what goes wrong now, after so many milliseconds */
  hear(record: JournalRecord): { readonly fault: DrillFault; readonly afterMs: number } | null
  /** The person ends it. */
  leave(): void
}

/** Longest from being asked to close everything to the key: our choice, far above a reaction. */
const LONGEST_MS = 10_000
/** The connection is silent for so long: beyond what it takes to notice (our choice). */
const SILENT_MS = 20_000
/** Between the entry and the silence: our choice. */
const CALM_MS = 1_500

type Step = 'enter' | 'hold' | 'get-flat' | 'watch'

/**
 * `flatten`: after the entry the answer of the first close is lost; the position has to be closed by the flatten key at once, and FLAT waited for.
 * `disconnect`: the stream goes silent with a position open; no entry may be tried, the position be closed, and FLAT and the stream waited for.
 */
export function startDrill(name: DrillName): Drill {
  let step: Step = 'enter'
  let verdict: DrillVerdict | null = null
  let entryId: string | null = null
  let askedAtMs = 0
  let isLive = true
  let isFlat = false
  const exits = new Set<string>()

  function fail(words: string): null {
    verdict = { isPassed: false, words }
    return null
  }

  function getFlat(atMs: number): void {
    step = 'get-flat'
    askedAtMs = atMs
  }

  function onEntered(atMs: number) {
    if (name === 'flatten') {
      getFlat(atMs)
      return { fault: { fault: 'loseReply', match: 'close' }, afterMs: 0 }
    }
    step = 'hold'
    return { fault: { fault: 'goSilent', forMs: SILENT_MS }, afterMs: CALM_MS }
  }

  function onClosing(record: JournalRecord): null {
    if (name === 'flatten' && record.kind !== 'flatten')
      return fail('another key closed the position: the flatten key closes everything, working orders too')
    if (name === 'flatten' && record.atMs - askedAtMs > LONGEST_MS)
      return fail(
        `the flatten key came after ${seconds(record.atMs - askedAtMs)}: it has to come within ${seconds(LONGEST_MS)}`,
      )
    if (record.kind === 'about-to-close') exits.add(record.id)
    step = 'watch'
    return null
  }

  function finish(atMs: number): null {
    if (!isFlat || !isLive) return null
    const words =
      name === 'flatten'
        ? `flat ${seconds(atMs - askedAtMs)} after it was asked for, though the answer to the close was lost`
        : `flat, and no entry tried while the connection was silent (${seconds(atMs - askedAtMs)})`
    verdict = { isPassed: true, words }
    return null
  }

  return {
    name,
    get ask() {
      return ASKS[name][step]
    },
    get verdict() {
      return verdict
    },
    hear(record) {
      if (verdict) return null
      if (record.kind === 'stream') isLive = record.status.startsWith('live')
      if (isEntryTried(record) && step !== 'enter')
        return step === 'hold' ? null : fail('an entry was tried when everything had to be closed')
      switch (step) {
        case 'enter':
          if (record.kind === 'about-to-open') entryId = record.id
          return record.kind === 'filled' && record.id === entryId ? onEntered(record.atMs) : null
        case 'hold':
          if (isClosed(record)) return fail('the position was closed before anything had gone wrong')
          if (!isLive) getFlat(record.atMs)
          return null
        case 'get-flat':
          if (record.kind === 'flatten' || record.kind === 'about-to-close') return onClosing(record)
          return record.kind === 'position-gone' ? fail('its stop closed the position before you did') : null
        case 'watch':
          if (record.kind === 'about-to-close') exits.add(record.id)
          // While nothing is heard the desk calls nothing flat: the broker's own answer to the close counts then.
          if (
            name === 'flatten'
              ? record.kind === 'flat'
              : 'id' in record && isDone(record.kind) && exits.has(`${record.id}`)
          )
            isFlat = true
          return finish(record.atMs)
      }
    },
    leave() {
      if (!verdict) fail('it was left before it was over')
    },
  }
}

const isDone = (kind: JournalRecord['kind']): boolean => kind === 'filled' || kind === 'done'

const isClosed = ({ kind }: JournalRecord): boolean =>
  kind === 'flatten' || kind === 'about-to-close' || kind === 'position-gone'

function isEntryTried(record: JournalRecord): boolean {
  if (record.kind === 'denied') return /BUY|SELL|REVERSE/i.test(record.intent)
  return record.kind === 'about-to-open' || record.kind === 'about-to-place'
}

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`

const ASKS: Readonly<Record<DrillName, Readonly<Record<Step, string>>>> = {
  flatten: {
    enter: 'DRILL: enter once, with the key that buys or sells',
    hold: '',
    'get-flat': 'DRILL: close everything NOW, with one key',
    watch: 'DRILL: the answer was lost. Enter nothing, and watch until the desk knows that it is FLAT',
  },
  disconnect: {
    enter: 'DRILL: enter once, with the key that buys or sells',
    hold: 'DRILL: hold the position, and watch the price',
    'get-flat': 'DRILL: the connection is gone. Enter nothing, and get flat',
    watch: 'DRILL: wait until the connection is back and the desk says FLAT',
  },
}
