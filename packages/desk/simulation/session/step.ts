import { between, happens, oneOf, type Random, weighted } from '../broker/chance.ts'
import { FAULT_NAMES, type FaultName } from '../broker/faults.ts'

/** What the trader may press, by the name of the intent; what exactly is decided when it is pressed. */
export type Press =
  | 'enter'
  | 'close'
  | 'flatten'
  | 'reverse'
  | 'breakeven'
  | 'move-leg'
  | 'tighten'
  | 'remove-limit'
  | 'trail'
  | 'join'
  | 'place'
  | 'cancel'
  | 'adopt'
  | 'accept-unknown'
  | 'arm'
  | 'disarm'
  | 'lock-day'
  | 'choose-preset'
  | 'nonsense'

/** What somebody else does on the account. */
export type Elsewhere = 'open' | 'close' | 'close-part' | 'amend' | 'place' | 'cancel'

/** One thing that happens in a session. Plain data: any of them can be left out, and the others stay what they are. */
export type Step = { readonly afterMs: number; readonly salt: number } & Happening

export type Happening =
  | { readonly do: 'press'; readonly press: Press; readonly times: number }
  | { readonly do: 'fault'; readonly fault: FaultName }
  | { readonly do: 'elsewhere'; readonly what: Elsewhere }
  /** The program ends without a word: at once, or after so many of the effects that come next. */
  | { readonly do: 'crash'; readonly afterEffects: number; readonly downMs: number; readonly kept: number }
  | { readonly do: 'full-disk'; readonly forMs: number }
  | { readonly do: 'sleep'; readonly ms: number }
  | { readonly do: 'wait' }
  /** The broker's next day begins. */
  | { readonly do: 'next-day' }
  | { readonly do: 'limits' }
  /** The machine's clock is set, back or forward. */
  | { readonly do: 'set-clock'; readonly byMs: number }

export interface SessionPlan {
  readonly seed: number
  readonly mode: 'hedge' | 'net'
  readonly listLagMs: number
  readonly cash: string
  readonly hasDayLoss: boolean
  readonly steps: readonly Step[]
}

const PRESSES: readonly (readonly [Press, number])[] = [
  ['enter', 26],
  ['close', 9],
  ['flatten', 12],
  ['reverse', 5],
  ['breakeven', 3],
  ['move-leg', 6],
  ['tighten', 4],
  ['remove-limit', 2],
  ['trail', 3],
  ['join', 5],
  ['place', 6],
  ['cancel', 5],
  ['adopt', 2],
  ['accept-unknown', 2],
  ['arm', 2],
  ['disarm', 1],
  ['lock-day', 0.5],
  ['choose-preset', 3],
  ['nonsense', 4],
]

type Kind = Happening['do']

/** How wild a session is: some are calm, so that faults meet a desk in every condition. */
const TEMPERS: readonly (readonly (readonly [Kind, number])[])[] = [
  weights({ fault: 4, crash: 1 }),
  weights({ fault: 14, crash: 2, elsewhere: 3 }),
  weights({ fault: 30, crash: 5, elsewhere: 6, 'full-disk': 1, sleep: 1 }),
]

function weights(of: Partial<Record<Kind, number>>): readonly (readonly [Kind, number])[] {
  const usual: Record<Kind, number> = {
    press: 40,
    fault: 0,
    elsewhere: 2,
    crash: 0,
    'full-disk': 0.3,
    sleep: 0.3,
    wait: 8,
    'next-day': 0.4,
    limits: 0.4,
    'set-clock': 0.5,
  }
  return Object.entries({ ...usual, ...of }) as [Kind, number][]
}

/** A whole session, from its seed. */
export function planOf(seed: number, random: Random): SessionPlan {
  const temper = oneOf(random, TEMPERS as [(typeof TEMPERS)[number]])
  const steps = Array.from({ length: between(random, 5, 45) }, () => aStep(random, temper))
  return {
    seed,
    mode: happens(random, 0.3) ? 'net' : 'hedge',
    listLagMs: happens(random, 0.5) ? 0 : between(random, 0, 3_000),
    cash: happens(random, 0.15) ? '900' : '100000',
    hasDayLoss: happens(random, 0.3),
    steps,
  }
}

function aStep(random: Random, temper: (typeof TEMPERS)[number]): Step {
  const timed = { afterMs: pause(random), salt: between(random, 0, 2 ** 30) }
  const kind = weighted(random, temper)
  switch (kind) {
    case 'press':
      return {
        ...timed,
        do: kind,
        press: weighted(random, PRESSES),
        times: happens(random, 0.15) ? between(random, 2, 4) : 1,
      }
    case 'fault':
      return { ...timed, do: kind, fault: oneOf(random, FAULT_NAMES as readonly [FaultName, ...FaultName[]]) }
    case 'elsewhere':
      return { ...timed, do: kind, what: oneOf(random, ['open', 'close', 'close-part', 'amend', 'place', 'cancel']) }
    case 'crash':
      return {
        ...timed,
        do: kind,
        afterEffects: happens(random, 0.4) ? 0 : between(random, 1, 6),
        downMs: between(random, 300, 8_000),
        kept: random.next(),
      }
    case 'full-disk':
      return { ...timed, do: kind, forMs: between(random, 500, 10_000) }
    case 'set-clock':
      return { ...timed, do: kind, byMs: between(random, -7_200_000, 7_200_000) }
    case 'sleep':
      return { ...timed, do: kind, ms: between(random, 2_000, 60_000) }
    default:
      return { ...timed, do: kind }
  }
}

/** Mostly a moment, sometimes none: keys come in bursts. */
function pause(random: Random): number {
  if (happens(random, 0.25)) return between(random, 0, 30)
  if (happens(random, 0.1)) return between(random, 3_000, 20_000)
  return between(random, 30, 2_500)
}

export function stepWords({ afterMs, salt, ...what }: Step): string {
  const { do: kind, ...how } = what
  const said = Object.entries(how).map(([name, value]) => `${name} ${value}`)
  return `${afterMs} ms later: ${[kind, ...said].join(', ')}`
}
