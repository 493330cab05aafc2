import {
  type Market,
  openTape,
  type ReplayFile,
  readReplay,
  type Tape,
  TapeError,
  type TapeOptions,
  type Wish,
} from '../../engine/index.ts'

/** Tapes of the same markets, to be played one after the other. */
export interface TapeChain {
  readonly markets: readonly Market[]
  /** At least one. */
  readonly tapes: readonly OpenTape[]
}

export interface OpenTape {
  readonly tape: Tape
  /** What it takes to open it again. */
  readonly wish: Wish | undefined
}

export interface ChainOptions extends Omit<TapeOptions, 'wish' | 'onProgress'> {
  /** Hears how far the files were read before the first tick is played. */
  readonly onProgress?: ((file: string, fraction: number) => void) | undefined
}

/**
 * Opens the tapes of one or several markets and puts those of the same market behind one another. The time of day to start from is
 * for the first of each chain.
 * @throws TapeError for the first that cannot be played, or when they do not go together; all are closed again.
 */
export async function openChains(
  files: readonly (string | ReplayFile)[],
  options: ChainOptions,
): Promise<readonly TapeChain[]> {
  const chains: Chain[] = []
  let opening: OpenTape | null = null
  try {
    for (const each of files) {
      const { file, wish } = readReplay(each, options.markets)
      if (options.strict) await readThrough(file, wish, options)
      opening = await openAgain(file, wish, { ...options, from: undefined })
      const chain = chainOf(opening.tape, chains)
      if (chain.tapes.length === 0 && options.from !== undefined) {
        await opening.tape.close()
        opening = await openAgain(file, wish, options)
      }
      chain.tapes.push(opening)
    }
    return chains
  } catch (cause) {
    await opening?.tape.close()
    await Promise.all(chains.flatMap(({ tapes }) => tapes).map(({ tape }) => tape.close()))
    throw cause
  }
}

type Chain = TapeChain & { readonly tapes: OpenTape[] }

export async function openAgain(file: string, wish: Wish | undefined, options: ChainOptions): Promise<OpenTape> {
  const { onProgress, ...others } = options
  const tape = await openTape(file, {
    ...others,
    wish,
    onProgress: onProgress && (({ readBytes, totalBytes }) => onProgress(file, readBytes / Math.max(1, totalBytes))),
  })
  return { tape, wish }
}

/** The chain that a tape goes on, or a new one. */
function chainOf(tape: Tape, chains: Chain[]): Chain {
  const { startMs } = tape
  const touched = chains.filter(({ markets }) => markets.some(market => tape.markets.includes(market)))
  const [chain, other] = touched
  if (!chain) {
    const begun: Chain = { markets: tape.markets, tapes: [] }
    chains.push(begun)
    return begun
  }
  const before = chain.tapes.at(-1)
  const strangers = tape.markets.filter(market => !chain.markets.includes(market))
  if (other || strangers.length > 0) {
    const names = tape.markets.map(({ name }) => name).join(', ')
    throw refusal(
      tape,
      `expected ${tape.file} to follow tapes of the same markets, but it holds ${names} and the tapes before it only some of them; play them apart, or one market of it: EPIC=FILE`,
    )
  }
  if (before && (before.tape.rescale === null) !== (tape.rescale === null))
    throw refusal(
      tape,
      `expected all files of a market to be mapped onto it or none, but ${tape.file} differs from ${before.tape.file}; write = or ~ before both`,
    )
  if (before && chain.tapes.some(earlier => earlier.tape.file === tape.file))
    throw refusal(
      tape,
      `expected each file once for a market, but ${tape.file} was given twice; leave one out, or loop`,
    )
  if (before && startMs < before.tape.startMs)
    throw refusal(
      tape,
      `expected the files of a market in the order of time, but ${tape.file} begins ${day(startMs)}, before ${before.tape.file} (${day(before.tape.startMs)}); swap them`,
    )
  return chain
}

function refusal({ file }: Tape, message: string): TapeError {
  return new TapeError('bad-replay', file, message)
}

const day = (atMs: number): string => new Date(atMs).toISOString().slice(0, 19).replace('T', ' ')

/** Strict means refused at the start, not in the middle of a session: every line is judged before the first is played. */
async function readThrough(file: string, wish: Wish | undefined, options: ChainOptions): Promise<void> {
  const { tape } = await openAgain(file, wish, { ...options, from: undefined })
  try {
    while (await tape.read()) {
      const { readBytes, totalBytes } = tape.progress()
      options.onProgress?.(file, readBytes / Math.max(1, totalBytes))
    }
  } finally {
    await tape.close()
  }
}
