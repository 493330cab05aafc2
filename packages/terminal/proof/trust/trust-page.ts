import type { ProvedTest, SoakCounts, TrustFacts } from './trust-facts.ts'

/** The page, of the facts alone. */
export function trustPage(facts: TrustFacts): string {
  const { simulation: counted, fuzz, properties } = facts
  return `# What was proved, and when

Nobody writes this page: \`npx -y pnpm@12 trust\` runs the proofs and writes it from what they say. This is the run of ${facts.date}, of the
sources at \`${facts.commit}\`, on ${facts.machine}. ${verdict(facts)}

## Orders whose answer is lost

Each client makes one call to open one position, and the first answer is spoilt. So many orders arrived at the broker; two and more are one too
many. How the clients are run, and what each caller was told: [the proofs](../packages/terminal/proof/README.md#lost-answers).

${facts.lostAnswers ?? NOT_RUN}

## Made-up sessions

\`pnpm simulate --runs ${counted.runs}\`: whole sessions of the desk on the mock broker's engine, each from its seed, with a network that is not to be relied on. What has
to hold after every event: [the promises](../packages/desk/README.md#the-simulation).

${table(
  ['Sessions', 'Promises broken', 'Presses', 'Entries', 'Exits', 'Faults', 'Crashes', 'Events'],
  [
    [
      counted.runs,
      counted.failures,
      counted.presses,
      counted.entries,
      counted.exits,
      counted.faults,
      counted.crashes,
      counted.events,
    ].map(figure),
  ],
)}

${table(
  [
    'Filled',
    'Rejected',
    'Denied',
    'Never settled',
    'Changes of legs and orders',
    'Done by other hands',
    'Times FLAT was shown',
  ],
  [
    [
      counted.filled,
      counted.rejected,
      counted.denied,
      counted.unresolved,
      counted.amendments,
      counted.elsewhere,
      counted.flats,
    ].map(figure),
  ],
)}

## Days without a restart

\`pnpm soak\`: the session, the SDK, the desk, the journal and the drawing of the screen with the mock broker, in one process by one clock: midnights,
weekends, nights with funding, tokens that die, streams that break, answers that are lost. At the end of each day the desk's book and money, the broker's, and the day's report have to agree to the cent.

${soakTable(facts.soak)}

## The program killed at each step

The program that people run dies by SIGKILL at a step of an order's path, and starts again: [what is asked of the next
run](../packages/terminal/proof/README.md#crashes).

${facts.crashes === null ? NOT_RUN : proved(facts.crashes)}

## Hostile input

${figure(fuzz.lines)} mutated lines of TLCP were fed to the client over ${figure(fuzz.dials)} connections (seed ${fuzz.seed}): ${figure(fuzz.rows)} rows came of them, no crash, no
hang, no timer left, and memory stayed flat. ${figure(properties.properties)} properties in ${figure(properties.files)} files draw their examples anew with \`pnpm fuzz\`.

## Clients of others on the mock broker

That the mock broker speaks IG's protocol, and not one that only we understand, is shown by programs that others wrote.

${facts.clients === null ? NOT_RUN : proved(facts.clients)}
`
}

function verdict(facts: TrustFacts): string {
  const broken = brokenPromises(facts)
  return broken === 0 ? 'Everything held.' : `**${figure(broken)} did not hold**: see the figures below.`
}

/** How many of all that was tried did not hold. */
export function brokenPromises({ simulation, soak, crashes, clients }: TrustFacts): number {
  const failed = [...(crashes ?? []), ...(clients ?? [])].filter(({ passed }) => !passed)
  return simulation.failures + soak.problems + failed.length
}

const NOT_RUN = '*Not run in the short form.*'

function soakTable({ days, trades, troubles, problems, frames, heldMiB, trend, memory }: SoakCounts): string {
  const held = `${heldMiB.at(-1) ?? 0} MiB`
  const perDay =
    trend === null ? 'too few days' : `${trend.perDay} MiB (${trend.atLeast} to ${trend.atMost}): ${memory}`
  return table(
    ['Days', 'Round trips', 'Faults', 'Differences', 'Frames drawn', 'Held in the end', 'More each day, 90 % sure'],
    [[...[days, trades, troubles, problems, frames].map(figure), held, perDay]],
  )
}

function proved(tests: readonly ProvedTest[]): string {
  const rows = tests.map(({ file, title, passed }) => [`[${cell(title)}](../${file})`, passed ? 'held' : '**broken**'])
  return table(['Proof', 'Result'], rows)
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('[', '\\[').replaceAll(']', '\\]')

const figure = (count: number): string => count.toLocaleString('en-GB')
