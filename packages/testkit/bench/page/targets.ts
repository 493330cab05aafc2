import type { Figure } from './figure.ts'

/** What the project promises of its speed: our choices, each far beyond the peers and above what a floor measures. */
export interface Target {
  readonly id: string
  readonly goal: string
  /** Whether a figure is one by which it is decided. */
  isOf(figure: Figure): boolean
}

export const TARGETS: readonly Target[] = [
  named('O1', 'order and confirm at most 1.5 times the p50 of a raw socket with prebuilt bytes'),
  named('O2', 'order and confirm at most 0.45 times the p50 of ig-trading-api, and 0.33 times its CPU'),
  named('O3', 'at most 22 KB of heap an order'),
  named('O4', 'confirmed by the stream in at most 0.75 times the floor of a POST and a GET'),
  named('O5', 'p99.9 of an order at most 3 times that of the floor'),
  named('O6', 'the first order after the sign-in, and after idling, at most 3 times the hot p50'),
  named('O7', 'no order is ever sent twice, whatever becomes of its answer'),
  named(
    'T1',
    'quotes decoded per core 16 times as many as by lightstreamer-client-node 9.2.2, 9 times as many as by ig-trading-api',
  ),
  named('T2', 'at most 1.5 times the CPU of `ws` without parsing, 800 bytes of heap an update'),
  named('T3', 'at 10,000 updates a second p50 at most 1.1 and p99 at most 1.5 times the bare decoder'),
  named('T4', '500,000 updates a second on one core in 120 MB, also for a slow reader'),
  named('N1', 'P/L exact to the cent at most 3 times the cost of a plain float'),
  shown('U1', 'a moving screen in at most 100 bytes a frame', /^packages\/terminal: .*bytes a frame/),
  shown(
    'U2',
    'key to order at most 1.6 times the p50 and 2 times the p99 of bare reads',
    /^packages\/terminal: .*key -> handler|^packages\/terminal: p(?:50|99)\b/,
  ),
  shown(
    'S1',
    'first frame at most 1.2 times `node` that prints a line; the trading screen in half the time of an Ink hello',
    /^packages\/terminal: (?:first painted frame|trading screen)/,
  ),
  shown(
    'S2',
    'commands without a screen at most 1.4 times `node` that prints a line',
    /^packages\/terminal: scalpdesk --version/,
  ),
  named('R1', 'backtests of a CSV at 4 million ticks a second'),
  named('R2', 'and three times as fast from the binary cache'),
  named('M1', 'the mock broker pushes 20 times the rate of one `ws.send` for each client and update'),
  named('M2', 'its REST 0.85 times bare `node:http`, 10 times json-server'),
]

/** Targets that no figure is of. */
export function unmeasured(figures: readonly Figure[]): readonly string[] {
  return TARGETS.filter(({ isOf }) => !figures.some(isOf)).map(({ id }) => id)
}

/** Decided by the figures whose words begin with its name. */
function named(id: string, goal: string): Target {
  return { id, goal, isOf: ({ what }) => what.startsWith(`${id} `) }
}

function shown(id: string, goal: string, words: RegExp): Target {
  return { id, goal, isOf: ({ from, what }) => what.startsWith(`${id} `) || words.test(`${from}: ${what}`) }
}
