import { type DealId, dealId, type Epic, epic } from '@scalpdesk/sdk'
import { misused } from './flag-values.ts'

/** Readers of IG's names on the command line. @throws ExitError in one sentence. */

export function epicOf(text: string, place = 'EPIC'): Epic {
  try {
    return epic(text)
  } catch {
    throw misused(place, 'an epic such as CS.D.EURUSD.CFD.IP', text, 'scalpdesk markets TEXT finds one')
  }
}

export function dealIdOf(text: string): DealId {
  // IG takes more here; its own ids are no more than these, and what else is typed is a mistake.
  if (/^[\w-]{1,30}$/.test(text)) return dealId(text)
  throw misused('DEALID', 'the id of a deal such as DIAAAABC123', text, 'scalpdesk positions and orders show them')
}
