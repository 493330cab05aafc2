import { EXIT, ExitError } from '../exit-status.ts'
import { gateFile } from '../gate/gate-record.ts'
import type { GateStatus } from '../gate/gate-status.ts'
import { lookAtGate, openBySentence } from '../gate/sandbox-gate.ts'
import { HeldFolderError } from '../session/held-folder-error.ts'
import { JournalError, systemCode } from '../session/journal-error.ts'
import { commandVoice } from './command-voice.ts'
import { homeFolder } from './home-folder.ts'

/** What an expert types in the place of practice: our choice, nothing that a hand does by itself. */
export const OPENING_SENTENCE = 'I trade real money without practice'

/** `gate`: what is done and missing before live. */
export function runGate({ json = false }: { readonly json?: boolean }): number {
  const voice = commandVoice(json)
  const home = homeFolder()
  const status = lookAtGate(home)
  for (const problem of status.problems) voice.notice(problem)
  voice.result({ record: gateFile(home), ...status }, gateLines(status))
  voice.close()
  return status.isOpen ? EXIT.done : EXIT.denied
}

/** `gate open`: takes the sentence of a person at a terminal, and nothing else. */
export async function runGateOpen(): Promise<number> {
  const voice = commandVoice(false)
  try {
    const { prompt } = voice
    if (!prompt)
      throw new ExitError(
        EXIT.usage,
        'expected a person at a terminal who types the sentence, but there is none; run scalpdesk gate open yourself',
      )
    const home = homeFolder()
    const before = lookAtGate(home)
    if (before.isOpen) {
      voice.result(null, ['Live is open already.'])
      return EXIT.done
    }
    prompt.say('This opens live without the drills and trades that are missing:')
    for (const line of before.missing) prompt.say(`  ${line}`)
    const typed = await prompt.ask(`Type "${OPENING_SENTENCE}" to open it all the same: `, 'shown')
    if (typed.trim() !== OPENING_SENTENCE)
      throw new ExitError(EXIT.denied, 'live stays locked: the sentence was not typed as it is')
    keepSentence(home, typed.trim())
    voice.result(null, ['Live is open. The sentence is in the journal.'])
    return EXIT.done
  } finally {
    voice.close()
  }
}

function keepSentence(home: string, sentence: string): void {
  try {
    openBySentence(home, sentence)
  } catch (error) {
    const isExpected = error instanceof HeldFolderError || error instanceof JournalError || systemCode(error) !== null
    if (!isExpected) throw error
    throw new ExitError(
      EXIT.failed,
      `expected to put the sentence on record, but ${(error as Error).message}; live stays locked`,
    )
  }
}

/** @throws ExitError for live as long as the gate is locked */
export function requireOpenGate(home: string): void {
  const { isOpen, missing, problems } = lookAtGate(home)
  if (isOpen) return
  const lines = [
    'expected the sandbox first, but live is locked; scalpdesk gate shows what is done. Missing:',
    ...missing.map(line => `  ${line}`),
    ...problems,
  ]
  throw new ExitError(EXIT.denied, lines.join('\n'))
}

function gateLines({ isOpen, openedBy, drills, trades, missing }: GateStatus): readonly string[] {
  const done = (is: boolean): string => (is ? 'done' : 'missing')
  return [
    `live:              ${isOpen ? `open, by ${openedBy === 'practice' ? 'practice' : 'a typed sentence'}` : 'locked'}`,
    `flatten drill:     ${done(drills.flatten)}`,
    `disconnect drill:  ${done(drills.disconnect)}`,
    `clean trades:      ${trades.clean} of ${trades.needed}${trades.spoiled > 0 ? `; ${trades.spoiled} were not clean` : ''}`,
    ...missing.map(line => `to do:             ${line}`),
  ]
}
