import type { KeyNotice } from '../keys/key-notice.ts'
import { ENGLISH } from '../texts/english.ts'
import type { Texts } from '../texts/texts.ts'
import { ENGLISH_SESSION, type SessionWords } from './words/english.ts'

/** Why keys were not taken, in the words of the catalogue; in English unless told. */
export function noticeWords(
  { id, values }: KeyNotice,
  { notices }: Pick<Texts, 'notices'> = ENGLISH,
  { said }: Pick<SessionWords, 'said'> = ENGLISH_SESSION,
): string {
  switch (id) {
    case 'pasted':
      return notices.pasted(values.bytes)
    case 'paste-tail':
      return notices['paste-tail']
    case 'burst':
      return notices.burst(values.count)
    case 'held':
      return notices.held(values.chord, values.seconds)
    case 'burst-entries':
      return said.burstEntries(values.chord)
    case 'second-entry':
      return notices['second-entry']
    case 'focus':
      return notices['focus-in'](values.chord)
  }
}
