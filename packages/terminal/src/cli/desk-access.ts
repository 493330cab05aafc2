import { systemClock } from '@scalpdesk/sdk'
import { EXIT, ExitError } from '../exit-status.ts'
import { type Flattened, onFlatten } from '../host/flattened.ts'
import { callHost, HostLost } from '../host/host-client.ts'
import { HostEnded, HostProblem } from '../host/host-message.ts'
import type { PressOutcome } from '../host/press-outcome.ts'
import type { Press } from '../host/press-text.ts'
import { socketPath } from '../host/socket-path.ts'
import type { CommandDesk } from '../session/command-desk.ts'
import { HeldFolderError } from '../session/held-folder-error.ts'
import { JournalError } from '../session/journal-error.ts'
import { openJournal } from '../session/journal-file.ts'
import { journalFolder } from '../session/journal-folder.ts'
import { noJournal } from '../session/no-journal.ts'
import type { CommandContext } from './command-context.ts'
import type { OpenedBroker } from './open-broker.ts'
import { otherDesk } from './other-desk.ts'
import { type OwnJournal, ownDesk } from './own-desk.ts'

/** The one desk of an account: this command's own, or that of the process that holds the journal. */
export interface DeskAccess {
  /** The process that trades, where it is another one. */
  readonly other: number | null
  /** This command's own; null where it is another process's. */
  readonly own: CommandDesk | null
  /** Presses once. Rejects with words, and nothing sent, where it was not taken. */
  press(press: Press, onProgress: (words: string) => void): Promise<PressOutcome>
  /** What is known of the press that is under way, for somebody who does not wait any longer; null: nothing was sent. */
  underWay(): PressOutcome | 'asked' | null
  /** @param isHasty does not wait for others that use this command's desk */
  close(isHasty?: boolean): Promise<void>
}

export interface DeskWish {
  /** It closes or cancels: it goes on where nothing can be written down. */
  readonly isExit: boolean
  onNotice(words: string): void
  /** Hears each flatten of the desk that is used, whoever pressed it. */
  onFlatten?(flattened: Flattened): void
}

/**
 * The journal decides who trades. Where the desk of another process ends before it takes a press, the next one is asked: nothing was
 * sent then.
 * @throws ExitError when somebody else holds the journal and does not answer; nothing was sent then
 */
export async function openDeskAccess(
  context: CommandContext,
  broker: OpenedBroker,
  wish: DeskWish,
): Promise<DeskAccess> {
  let access = await oneDesk(context, broker, wish)
  let isClosed = false
  return {
    get other() {
      return access.other
    },
    get own() {
      return access.own
    },
    async press(press, onProgress) {
      for (;;) {
        try {
          return await access.press(press, onProgress)
        } catch (error) {
          if (!(error instanceof HostEnded) || isClosed) throw error
        }
        access = await oneDesk(context, broker, wish)
        // Given up meanwhile: nothing may be pressed any more.
        if (isClosed) {
          await access.close(true)
          throw new ExitError(EXIT.interrupted, 'interrupted; nothing was sent')
        }
      }
    },
    underWay: () => access.underWay(),
    close(isHasty) {
      isClosed = true
      return access.close(isHasty)
    },
  }
}

async function oneDesk(context: CommandContext, broker: OpenedBroker, wish: DeskWish): Promise<DeskAccess> {
  const account = broker.ig.account.id
  const path = socketPath(context.home, broker.world, account)
  const giveUpAtMs = systemClock.monotonicMs() + HOLDER_WITHIN_MS
  for (;;) {
    const journal = takeJournal(context, broker, wish)
    if (!(journal instanceof HeldFolderError)) {
      const access = await ownDesk(context, broker, journal, wish.onNotice)
      if (access.own) onFlatten(access.own, flattened => wish.onFlatten?.(flattened))
      return access
    }
    const client = await callHost(path, systemClock).catch(error => {
      // It ended before it said hello: it was asked for nothing yet, and its journal is free.
      if (error instanceof HostLost) return null
      throw error instanceof HostProblem ? unanswered(journal, error.message) : error
    })
    if (client) {
      client.onFlatten(flattened => wish.onFlatten?.(flattened))
      return otherDesk(context, broker, client)
    }
    if (systemClock.monotonicMs() >= giveUpAtMs) throw unanswered(journal, `nobody listens at ${path}`)
    await pause(AGAIN_MS)
  }
}

/** Our choices: another command that holds the journal is about to listen, or to end. */
const HOLDER_WITHIN_MS = 5_000
const AGAIN_MS = 50

const pause = (ms: number): Promise<void> =>
  new Promise(resolve => void systemClock.at(systemClock.monotonicMs() + ms, resolve))

function unanswered(holder: HeldFolderError, why: string): ExitError {
  return new ExitError(EXIT.failed, `${holder.message}. It cannot be used from here: ${why}. Nothing was sent`)
}

/** @returns why not, when somebody else writes in it */
function takeJournal(
  { home, settings }: CommandContext,
  { world, ig }: OpenedBroker,
  { isExit, onNotice }: DeskWish,
): OwnJournal | HeldFolderError {
  try {
    const { durability } = settings.journal
    const journal = openJournal(journalFolder(home, world, ig.account.id), systemClock, { durability })
    return { journal, listensAt: socketPath(home, world, ig.account.id) }
  } catch (error) {
    if (error instanceof HeldFolderError) return error
    const words = error instanceof Error ? error.message : String(error)
    if (isExit) {
      // Who wants out is not kept in by a disk. No entry can be sent without a record, so nobody else may use this desk.
      onNotice(`the journal cannot be written (${words}): this goes on without a record`)
      return { journal: noJournal(words), listensAt: null }
    }
    throw new ExitError(
      EXIT.failed,
      error instanceof JournalError
        ? words
        : `expected to write the journal in ${home}, but ${words}; make it writable, or name another folder in SCALPDESK_HOME. Nothing was sent`,
    )
  }
}
