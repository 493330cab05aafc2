import type { SentencesOf } from '../message.ts'
import type { BookMessages } from '../messages/book-messages.ts'
import { count, orderText, positionText } from './things.ts'

export const ENGLISH_BOOK: SentencesOf<BookMessages> = {
  starting: () => 'asking the broker what is open',
  ready: open => `READY: ${openText(open)}`,
  'ready-checking': ({ orders, ...open }) => {
    const seen = open.positions === 0 ? 'nothing is listed yet' : openText(open)
    const names = orders.map(orderText).join(', ')
    return `UNKNOWN, CHECKING: ${names}, sent before the restart and not sent again; ${seen}`
  },
  'orders-not-listed': () =>
    'the broker does not list the working orders; positions are known, FLAT is withheld, asking again',
  'book-failed': ({ cause }) => `the broker does not say what is open: ${cause}; asking again`,
  'closed-by-broker': ({ position }) => `CLOSED BY THE BROKER: ${positionText(position)} (stop, limit or elsewhere)`,
  'open-although-refused': ({ position }) => `OPEN ALTHOUGH REFUSED: ${positionText(position)}`,
  'already-open': ({ position }) => `ALREADY OPEN: ${positionText(position)}`,
  'opened-elsewhere': ({ position }) => `OPENED ELSEWHERE: ${positionText(position)}`,
  'stream-lost': ({ cause }) => `STREAM LOST${why(cause)}: ${PRICES_ARE_OLD}`,
  'stream-down': ({ cause }) => `STREAM DOWN${why(cause)}: ${PRICES_ARE_OLD}`,
  'stream-closed': ({ cause }) =>
    `STREAM CLOSED${why(cause)}: it will not come back by itself, the program has to be restarted; closing still works`,
  'stream-back': ({ continuity }) => `stream is back (${continuity})`,
  'trades-lost': () =>
    'TRADE UPDATES LOST: stops that are hit and orders from elsewhere show only when the broker is asked; FLAT is withheld',
  'trades-back': () => 'trade updates are back',
  'time-lost': ({ seconds }) =>
    `TIME LOST: ${seconds} s in which machine or program stood still, or the clock moved; waiting for new prices`,
  'traded-already': ({ market }) => `TRADED ALREADY: ${market}`,
  traded: ({ market, preset }) => `TRADED FROM NOW ON: ${market}, preset ${preset}`,
}

const PRICES_ARE_OLD = 'prices are old, entries are refused, closing still works'

const why = (cause: string | null): string => (cause === null ? '' : ` (${cause})`)

function openText({ positions, areOrdersListed }: BookMessages['ready']): string {
  if (positions > 0) return `${count(positions, 'position')} open`
  return areOrdersListed ? 'nothing is open' : 'no position is open; the working orders are not known'
}
