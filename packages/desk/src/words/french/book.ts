import type { SentencesOf } from '../message.ts'
import type { BookMessages } from '../messages/book-messages.ts'
import { orderText, positionText } from './things.ts'

export const FRENCH_BOOK: SentencesOf<BookMessages> = {
  starting: () => 'le courtier est interrogé sur ce qui est ouvert',
  ready: open => `PRÊT : ${openText(open)}`,
  'ready-checking': ({ orders, ...open }) => {
    const seen = open.positions === 0 ? 'rien n’est encore dans la liste' : openText(open)
    const names = orders.map(orderText).join(', ')
    return `INCONNU — VÉRIFICATION : ${names}, envoi fait avant le redémarrage et non répété ; ${seen}`
  },
  'orders-not-listed': () =>
    'le courtier ne donne pas les ordres en attente ; les positions sont connues, À PLAT n’est pas affirmé, nouvelle demande',
  'book-failed': ({ cause }) => `le courtier ne dit pas ce qui est ouvert : ${cause} ; nouvelle demande`,
  'closed-by-broker': ({ position }) =>
    `CLÔTURÉ PAR LE COURTIER : ${positionText(position)} (stop, limite ou fait ailleurs)`,
  'open-although-refused': ({ position }) => `OUVERT MALGRÉ LE REFUS : ${positionText(position)}`,
  'already-open': ({ position }) => `DÉJÀ OUVERT : ${positionText(position)}`,
  'opened-elsewhere': ({ position }) => `OUVERT AILLEURS : ${positionText(position)}`,
  'stream-lost': ({ cause }) => `FLUX PERDU${why(cause)} : ${PRICES_ARE_OLD}`,
  'stream-down': ({ cause }) => `FLUX COUPÉ${why(cause)} : ${PRICES_ARE_OLD}`,
  'stream-closed': ({ cause }) =>
    `FLUX FERMÉ${why(cause)} : il ne reviendra pas de lui-même, il faut redémarrer le programme ; clôturer reste possible`,
  'stream-back': ({ continuity }) => `le flux est revenu (${CONTINUITY[continuity]})`,
  'trades-lost': () =>
    'MISES À JOUR DU COMPTE PERDUES : un stop touché ou un ordre venu d’ailleurs ne se voit qu’en interrogeant le courtier ; À PLAT n’est pas affirmé',
  'trades-back': () => 'les mises à jour du compte sont revenues',
  'time-lost': ({ seconds }) =>
    `TEMPS PERDU : ${seconds} s où la machine ou le programme s’est arrêté, ou l’horloge a bougé ; de nouveaux cours sont attendus`,
  'traded-already': ({ market }) => `DÉJÀ TRAITÉ : ${market}`,
  traded: ({ market, preset }) => `TRAITÉ À PARTIR DE MAINTENANT : ${market}, préréglage ${preset}`,
}

const PRICES_ARE_OLD = 'les cours sont anciens, les entrées sont bloquées, clôturer reste possible'

const CONTINUITY: Readonly<Record<BookMessages['stream-back']['continuity'], string>> = {
  new: 'nouvelle session',
  preserved: 'sans interruption',
  recovered: 'manques rattrapés',
  replaced: 'autre session',
}

const why = (cause: string | null): string => (cause === null ? '' : ` (${cause})`)

function openText({ positions, areOrdersListed }: BookMessages['ready']): string {
  if (positions > 0) return positions === 1 ? '1 position ouverte' : `${positions} positions ouvertes`
  return areOrdersListed ? 'rien n’est ouvert' : 'aucune position ouverte ; les ordres en attente ne sont pas connus'
}
