import type { OutcomeDocument } from '../../documents/documents.ts'
import { EXIT, ExitError } from '../../exit-status.ts'
import type { PressEnd, PressedOrder, PressOutcome } from '../../host/press-outcome.ts'
import type { PressIntent } from '../../host/press-text.ts'
import { listenForSignals } from '../../interruption.ts'
import { printable } from '../../printable.ts'
import { answer } from '../answer.ts'
import { type CommandContext, type CommonOptions, commandContext } from '../command-context.ts'
import { type DeskAccess, openDeskAccess } from '../desk-access.ts'
import { beginLive, consentToLive } from '../live-consent.ts'
import { type OpenedBroker, openBroker } from '../open-broker.ts'
import { progressLine } from '../progress-line.ts'
import { openPrompt, type Prompt } from '../prompt.ts'

/** Presses once, and resolves with what became of it. */
export type PressOnce = (intent: PressIntent) => Promise<PressOutcome>

/** What a command that trades is about, for whoever has to agree to it on live. */
export type TradeDeed =
  | { readonly kind: 'exit' }
  /** `epic`: the market that it trades; null where the broker lists no such deal. */
  | {
      readonly kind: 'order'
      readonly words: string
      readonly confirm: string | undefined
      readonly epic: (broker: OpenedBroker) => string | Promise<string | null>
    }

export const EXITING: TradeDeed = { kind: 'exit' }

/**
 * Runs a command that trades: signs in, finds the one desk of the account, presses, follows, tells.
 * @param work asks the broker what it has to, and presses; mostly once
 * @returns the exit status
 */
export async function runPress(
  options: CommonOptions,
  deed: TradeDeed,
  work: (press: PressOnce, broker: OpenedBroker) => Promise<PressOutcome>,
): Promise<number> {
  const context = commandContext(options)
  const prompt = liveStart(context, options, deed)
  const { promise: interrupted, resolve: interrupt } = Promise.withResolvers<number>()
  listenForSignals().onSignal(interrupt)
  const progress = progressLine(process.stderr)
  const notice = (words: string): void => progress.print(`scalpdesk: ${printable(words)}`)
  let broker: OpenedBroker | null = null
  let desk: DeskAccess | null = null
  let isHasty = false
  /** Of presses of this command that are over. */
  const sent: PressedOrder[] = []
  async function trade(): Promise<PressOutcome> {
    const opened = await openBroker(context, 'account')
    broker = opened
    if (isHasty) return opened.close().then(() => NOTHING_SENT)
    const consent = await consentTo(opened, deed, prompt)
    if (isHasty) return NOTHING_SENT
    const access = await openDeskAccess(context, opened, { isExit: deed.kind === 'exit', onNotice: notice })
    desk = access
    return work(intent => {
      if (isHasty) return Promise.resolve(NOTHING_SENT)
      const press = { intent, by: 'command', ...(consent !== null && { consent }) } as const
      const pressed = access.press(press, words => progress.show(printable(words)))
      return pressed.then(outcome => {
        sent.push(...outcome.orders)
        return outcome
      })
    }, opened).catch(error => {
      throw opened.failure(error)
    })
  }
  const trading = trade()
  try {
    const first = await Promise.race([trading, interrupted])
    progress.clear()
    if (typeof first !== 'number') return tell(context, first, broker, desk)
    isHasty = true
    return tellInterrupted(context, first, { broker, desk, sent })
  } finally {
    progress.clear()
    prompt?.close()
    trading.catch(() => {})
    const [access, opened] = [desk, broker] as [DeskAccess | null, OpenedBroker | null]
    await access?.close(isHasty)
    await opened?.close()
  }
}

/** @returns who can be asked; null on other environments, and where nobody is at a terminal */
function liveStart(
  { environment, home }: CommandContext,
  { given = null }: CommonOptions,
  deed: TradeDeed,
): Prompt | null {
  const confirm = deed.kind === 'order' ? deed.confirm : undefined
  if (environment !== 'live') {
    if (confirm === undefined) return null
    throw new ExitError(EXIT.usage, `expected --confirm-live with --env live, but this is ${environment}; leave it out`)
  }
  const prompt = deed.kind === 'exit' || confirm !== undefined ? null : openPrompt(status => process.exit(status))
  beginLive({ given, deed, confirm, hasTerminal: prompt !== null, home })
  return prompt
}

/** The second act of an order on live, for the desk and its journal; null where none is needed. */
async function consentTo(broker: OpenedBroker, deed: TradeDeed, prompt: Prompt | null): Promise<string | null> {
  if (broker.environment !== 'live' || deed.kind === 'exit') return null
  const { words, confirm } = deed
  const epic = await deed.epic(broker)
  return consentToLive({ words, confirm, prompt, account: broker.ig.account.id, epic })
}

const NOTHING_SENT: PressOutcome = { outcome: 'nothing', words: 'nothing was sent', denial: null, orders: [] }

const STATUS: Readonly<Record<PressEnd, number>> = {
  done: EXIT.done,
  nothing: EXIT.failed,
  rejected: EXIT.rejected,
  denied: EXIT.denied,
  unknown: EXIT.unknown,
}

function tell(
  context: CommandContext,
  outcome: PressOutcome,
  broker: OpenedBroker | null,
  desk: DeskAccess | null,
): number {
  const words = outcome.outcome === 'unknown' ? `${outcome.words}\n${lookAgain(context)}` : outcome.words
  answer(context.asJson, documentOf(context, { ...outcome, words }, broker, desk), linesOf(words))
  return STATUS[outcome.outcome]
}

const linesOf = (words: string): readonly string[] => words.split('\n').map(printable)

function lookAgain({ environment }: CommandContext): string {
  return `It is not sent again. Look with scalpdesk positions --env ${environment}; it stays open in the journal, and each desk that starts asks the broker for it`
}

/** Says what was sent, and what is not known of it. */
function tellInterrupted(
  context: CommandContext,
  status: number,
  { broker, desk, sent }: { broker: OpenedBroker | null; desk: DeskAccess | null; sent: readonly PressedOrder[] },
): number {
  const under = desk?.underWay() ?? null
  const isAsked = under === 'asked'
  const orders = [...sent, ...(isAsked || under === null ? [] : under.orders)]
  if (orders.length === 0 && !isAsked) throw new ExitError(status, 'interrupted; nothing was sent')
  const told = orders.length === 0 ? [] : [`sent: ${orders.map(sentText).join('; ')}`]
  if (isAsked)
    told.push(`the desk of process ${desk?.other} was asked and follows the order to its end, which is not known here`)
  const isOpen = isAsked || orders.some(({ state }) => state === 'unknown')
  const words = [`interrupted; ${told.join('; ')}`, ...(isOpen ? [lookAgain(context)] : [])].join('. ')
  const outcome = { outcome: 'unknown', words, denial: null, orders } as const
  if (context.asJson && !isAsked)
    answer(true, { ...documentOf(context, outcome, broker, desk), outcome: 'interrupted' }, [])
  throw new ExitError(status, words)
}

function sentText({ action, direction, size, epic, id, state }: PressedOrder): string {
  const what = [action, direction, size, epic].filter(part => part !== null).join(' ')
  return `${what} as ${id}: ${state === 'unknown' ? 'its outcome is not known' : state}`
}

function documentOf(
  { environment }: CommandContext,
  { outcome, words, denial, orders }: PressOutcome,
  broker: OpenedBroker | null,
  desk: DeskAccess | null,
): OutcomeDocument {
  const account = broker?.ig.account.id ?? ''
  return { environment, account, outcome, words, denial, desk: desk?.other ?? null, orders: [...orders] }
}
