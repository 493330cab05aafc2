import type { KeyNotice } from '../keys/key-notice.ts'
import { unreachable } from '../screen/unreachable.ts'

/** Why keys were not taken, in words. */
export function noticeWords(notice: KeyNotice): string {
  switch (notice.id) {
    case 'pasted':
      return `pasted text (${notice.values.bytes} bytes) was ignored: nothing sent`
    case 'paste-tail':
      return 'the end of pasted text was ignored: nothing sent'
    case 'burst':
      return `${notice.values.count} keys at once were taken for pasted text: nothing sent`
    case 'burst-entries':
      return `${notice.values.chord} among many keys at once: not sent`
    case 'second-entry':
      return 'a second entry key in the same instant was ignored: one was taken'
    case 'held':
      return `${notice.values.chord} again within ${notice.values.seconds} s was taken for a held key: not sent`
    case 'focus':
      return `${notice.values.chord} came together with the focus: not sent`
    default:
      return unreachable(notice)
  }
}
