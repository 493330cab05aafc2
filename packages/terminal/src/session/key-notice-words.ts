import type { KeyNotice } from '../keys/key-notice.ts'
import { ENGLISH } from '../texts/english.ts'
import type { Texts } from '../texts/texts.ts'

/** Why keys were not taken, in the words of the catalogue; in English unless told. */
export function noticeWords({ id, values }: KeyNotice, { notices }: Pick<Texts, 'notices'> = ENGLISH): string {
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
      return notices['burst-entries'](values.chord)
    case 'second-entry':
      return notices['second-entry']
    case 'repeat':
      return notices.repeat(values.chord)
    case 'unanswered':
      return notices.unanswered(values.chord)
    case 'focus':
      return notices['focus-in'](values.chord)
  }
}
