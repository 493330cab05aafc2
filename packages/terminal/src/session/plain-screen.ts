import { write as writeTo } from 'node:fs'
import type { Clock } from '@scalpdesk/sdk'
import { printable } from '../printable.ts'
import type { Screen } from '../screen/screen.ts'
import type { ScreenView } from '../screen/view.ts'
import type { Texts } from '../texts/texts.ts'

export interface PlainScreenParts {
  /** Writes to the terminal without waiting for it, and calls back when it has taken the text. */
  readonly write: (text: string, done: (error: Error | null) => void) => void
  readonly clock: Clock
  readonly texts: Texts
}

/** Outcomes that a terminal which takes nothing is told later: our choice, more than anybody reads. */
const UNSAID_KEPT = 20
/** A price is written so often at most, and whatever a trader must know at once: our choice. */
const PRICE_EVERY_MS = 1_000

/**
 * A screen of two lines of text, for when the real one cannot be drawn: what is open, and what became of the last key. No
 * layout, no thread, nothing that could fail as the other did; one text is on its way at a time.
 */
export function startPlainScreen(parts: PlainScreenParts): Screen {
  const paintedListeners: ((sequence: number, atMs: number) => void)[] = []
  let sequence = 0
  let isStopped = false
  let isWriting = false
  let waiting: { readonly sequence: number; readonly view: ScreenView } | null = null
  let written: { readonly urgent: string; readonly atMs: number } | null = null
  let rings = false
  let heard: ScreenView['outcome'] | null = null
  /** Outcomes of which nothing was written yet: the terminal may be slower than they come. */
  let unsaid: readonly string[] = []

  function next(): void {
    if (isStopped || isWriting || waiting === null) return
    const { view, sequence: own } = waiting
    const urgent = printable(urgentText(view, parts.texts))
    const nowMs = parts.clock.monotonicMs()
    if (written?.urgent === urgent && nowMs - written.atMs < PRICE_EVERY_MS) {
      // What it says stands there already; told once the caller knows the number.
      waiting = null
      return queueMicrotask(() => tellPainted(own))
    }
    waiting = null
    isWriting = true
    written = { urgent, atMs: nowMs }
    const bell = rings ? '\x07' : ''
    rings = false
    // The newest stands in the line below, unless a question is there.
    const missed = isAsked(view) ? unsaid : unsaid.slice(0, -1)
    unsaid = []
    parts.write(
      `${bell}${missed.map(text => `\r\n${printable(text)}`).join('')}\r\n${printable(priceText(view, parts.texts))}\r\n${urgent}`,
      error => {
        isWriting = false
        if (error === null) tellPainted(own)
        next()
      },
    )
  }

  function tellPainted(own: number): void {
    for (const listener of paintedListeners) listener(own, parts.clock.nowMs())
  }

  return {
    show(view) {
      sequence += 1
      waiting = { sequence, view }
      if (view.outcome !== heard && view.outcome.text !== heard?.text)
        unsaid = [...unsaid, view.outcome.text].slice(-UNSAID_KEPT)
      heard = view.outcome
      next()
      return sequence
    },
    resize() {
      written = null
    },
    seed() {},
    ring() {
      rings = true
      written = null
      next()
    },
    stopNow() {
      isStopped = true
      return !isWriting
    },
    onFailure() {},
    onPainted: listener => void paintedListeners.push(listener),
    lookPainted() {},
  }
}

/** A terminal that takes nothing now is asked again after this: our choice. */
const AGAIN_MS = 20

/** Straight to the terminal, on a thread that may wait for it. */
export function writeInBackground(clock: Clock): PlainScreenParts['write'] {
  return (text, done) => {
    let rest = Buffer.from(text)
    function go(): void {
      writeTo(1, rest, (error, count) => {
        if (error && (error as NodeJS.ErrnoException).code !== 'EAGAIN') return done(error)
        rest = rest.subarray(count ?? 0)
        if (rest.length === 0) return done(null)
        clock.at(clock.monotonicMs() + AGAIN_MS, go)
      })
    }
    go()
  }
}

/** What the trader must know: it is written as soon as it changes. */
function urgentText(view: ScreenView, { states, sides }: Texts): string {
  const positions = view.positions.map(({ direction, size, market, level, stop, state, isSelected }) => {
    const legs = stop === null ? states.noStop : stop
    const doing = state === 'open' ? '' : ` ${states.position[state]}`
    return `${isSelected ? '>' : ''}${sides[direction]} ${size} ${market} ${level} (${legs})${doing}`
  })
  const orders = view.workingOrders === null ? states.workingOrdersUnknown : states.workingOrders(view.workingOrders)
  const head = [
    states.environment[view.environment],
    view.market.name,
    armingText(view, states),
    states.exposure[view.exposure],
  ].join(' · ')
  const held = positions.length > 0 || view.workingOrders !== 0 ? ` · ${[...positions, orders].join(', ')}` : ''
  return `${head}${held} · ${view.question?.text ?? overlayText(view) ?? view.outcome.text}`
}

const isAsked = (view: ScreenView): boolean => view.question !== null || overlayText(view) !== null

/** With the reason: what was said when drawing failed may have been followed by something newer at once. */
function armingText({ arming }: ScreenView, states: Texts['states']): string {
  const word = states.arming[arming.kind]
  return arming.kind === 'armed' ? word : `${word} (${arming.why})`
}

function overlayText({ overlay }: ScreenView): string | null {
  switch (overlay?.kind) {
    case 'confirm':
      return `${overlay.ask} ${overlay.typed}`
    case 'picker': {
      const marked = overlay.rows.find(({ isSelected }) => isSelected)
      return [overlay.typed, marked && `> ${marked.name} (${marked.detail})`, overlay.note].filter(Boolean).join(' ')
    }
    default:
      return null
  }
}

function priceText({ quote, market, positions }: ScreenView, { states }: Texts): string {
  const results = positions.flatMap(({ profit }) => profit?.text ?? [])
  const price = quote.bid === null || quote.offer === null ? '–' : `${quote.bid} / ${quote.offer}`
  const word = quote.freshness === 'live' ? '' : ` ${states.freshness[quote.freshness]}`
  return [`${market.name} ${price}${word}`, ...results].join('  ')
}
