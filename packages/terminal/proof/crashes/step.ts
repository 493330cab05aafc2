/** A moment in the program's life at which it is killed. */
export type Step = RecordStep | RequestStep

/** Just before, or just after, a record of the journal is written. */
interface RecordStep {
  readonly at: 'record'
  /** The record's `kind`. */
  readonly kind: string
  readonly when: 'before' | 'after'
  /** Which of its kind in this run, counted from 1. */
  readonly nth: number
}

/** Just before, or just after, the bytes of an order are handed to the system. */
interface RequestStep {
  readonly at: 'request'
  readonly kind: RequestKind
  readonly when: 'before' | 'after'
  readonly nth: number
}

export type RequestKind = 'open' | 'close' | 'amend' | 'place' | 'cancel'

/** The name of the environment variable that says at which of {@link STEPS} the program dies. Only `die-at-step.ts` reads it. */
export const STEP_VARIABLE = 'SCALPDESK_PROOF_DIES'

/**
 * The path of an order, step by step: an entry, the flatten that closes it, and a flatten that cancels a working order first; then, by
 * `desk-program.ts`, a change of the stop of a new position, a working order, and the cancellation of a new working order.
 */
export const STEPS = {
  'entry decided, nothing written': record('about-to-open', 'before'),
  'entry in the journal, no byte sent': record('about-to-open', 'after'),
  'entry at the socket, not handed to it': request('open', 'before'),
  'entry sent, no answer': request('open', 'after'),
  'entry acknowledged, not yet in the journal': record('acknowledged', 'before'),
  'entry acknowledged, no confirm': record('acknowledged', 'after'),
  'entry confirmed, not yet in the journal': record('filled', 'before'),
  'entry confirmed, in the journal': record('filled', 'after'),
  'flatten pressed, nothing written': record('flatten', 'before'),
  'flatten in the journal, no close decided': record('flatten', 'after'),
  'close decided, nothing written': record('about-to-close', 'before'),
  'close in the journal, no byte sent': record('about-to-close', 'after'),
  'close sent, no answer': request('close', 'after'),
  'close acknowledged, not yet in the journal': record('acknowledged', 'before', 2),
  'close acknowledged, no confirm': record('acknowledged', 'after', 2),
  'close confirmed, not yet in the journal': record('filled', 'before', 2),
  'flat, not yet in the journal': record('flat', 'before'),
  'cancellation decided, nothing written': record('about-to-cancel', 'before'),
  'cancellation in the journal, no byte sent': record('about-to-cancel', 'after'),
  'cancellation sent, no close decided': request('cancel', 'after'),
  'cancellation sent, close in the journal, no byte sent': record('about-to-close', 'after'),
  'cancellation and close sent, no answer': request('close', 'after'),
  'cancellation confirmed, not yet in the journal': record('done', 'before'),
  'amendment decided, nothing written': record('about-to-amend', 'before'),
  'amendment in the journal, no byte sent': record('about-to-amend', 'after'),
  'amendment sent, no answer': request('amend', 'after'),
  'amendment acknowledged, not yet in the journal': record('acknowledged', 'before', 2),
  'amendment acknowledged, no confirm': record('acknowledged', 'after', 2),
  'amendment confirmed, not yet in the journal': record('done', 'before'),
  'placing decided, nothing written': record('about-to-place', 'before'),
  'placing in the journal, no byte sent': record('about-to-place', 'after'),
  'placing sent, no answer': request('place', 'after'),
  'placing acknowledged, not yet in the journal': record('acknowledged', 'before'),
  'placing acknowledged, no confirm': record('acknowledged', 'after'),
  'placing confirmed, not yet in the journal': record('done', 'before'),
  'single cancellation decided, nothing written': record('about-to-cancel', 'before'),
  'single cancellation in the journal, no byte sent': record('about-to-cancel', 'after'),
  'single cancellation sent, no answer': request('cancel', 'after'),
  'single cancellation acknowledged, not yet in the journal': record('acknowledged', 'before', 2),
  'single cancellation acknowledged, no confirm': record('acknowledged', 'after', 2),
  'single cancellation confirmed, not yet in the journal': record('done', 'before', 2),
} as const satisfies Readonly<Record<string, Step>>

export type StepName = keyof typeof STEPS

/** @throws for a name that is none. */
export function stepNamed(name: string): Step {
  const found = Object.entries<Step>(STEPS).find(([each]) => each === name)
  if (!found) throw new Error(`expected a step in ${STEP_VARIABLE}, but got "${name}"; step.ts lists them`)
  return found[1]
}

function record(kind: string, when: Step['when'], nth = 1): Step {
  return { at: 'record', kind, when, nth }
}

function request(kind: RequestKind, when: Step['when'], nth = 1): Step {
  return { at: 'request', kind, when, nth }
}
