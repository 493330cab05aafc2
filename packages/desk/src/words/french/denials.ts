import type { Weekday } from '../../guard/trading-hours.ts'
import type { SentencesOf } from '../message.ts'
import type { DenialMessages } from '../messages/denial-messages.ts'
import { count, orders as orderCount, positions as positionCount } from './things.ts'

export const FRENCH_DENIALS: SentencesOf<DenialMessages> = {
  'desk-disarmed': () => 'les entrées sont désarmées ; armez d’abord',
  'not-our-market': ({ epic }) => `${epic} n’est pas un des marchés traités ici ; ajoutez-le d’abord`,
  'market-not-allowed': ({ market, epic, allowed }) =>
    `${market} (${epic}) n’est pas parmi les marchés permis : ${allowed.length > 0 ? `seulement ${allowed.join(', ')}` : 'aucun'}`,
  'no-contract': () => 'aucun contrat n’est préparé pour ce marché',
  'reference-used': () => 'sa référence a déjà servi ; appuyez de nouveau',
  'day-not-begun': () => 'la journée n’a pas commencé pour nos limites ; démarrez à partir du journal',
  'day-is-locked': ({ lock }, said) => `la journée est verrouillée (${said(lock)}) ; ${UNTIL_NEXT_DAY}`,
  'day-locked': ({ lock }, said) => `JOURNÉE VERROUILLÉE : ${said(lock)} ; ${CLOSING_WORKS}`,
  'locked-already': ({ lock }, said) => `DÉJÀ VERROUILLÉE : ${said(lock)} ; ${CLOSING_WORKS}`,
  'locked-by-trader': () => 'par le trader',
  'day-lost': loss => lossText(loss),
  'day-loss': loss => `${lossText(loss)} ; ${UNTIL_NEXT_DAY}`,
  'day-loss-unknown': ({ most, unit, unknown }) => {
    const what =
      unknown === 'open-result'
        ? 'le résultat de ce qui est ouvert ne peut pas être calculé'
        : 'le résultat d’une transaction n’est pas connu'
    return `la perte du jour doit rester sous ${most} ${unit}, mais ${what} ; attendez qu’il le soit`
  },
  'cooling-down': ({ losses, seconds }) =>
    `${count(losses, 'perte', 'pertes')} de suite : pause, encore ${duration(seconds)}`,
  'hours-without-time': () =>
    'des heures de trading sont fixées, mais l’heure n’est pas encore connue ; attendez le courtier',
  'outside-hours': ({ day, time, hours }) => {
    const allowed = hours.map(({ days, from, until }) => `${days.map(each => DAYS[each]).join(' ')} ${from}-${until}`)
    return `il est ${DAYS[day]} ${time}, et les entrées sont permises ${allowed.join(', ')}`
  },
  'pressed-again': ({ agoMs, windowMs }) =>
    `nouvel appui ${agoMs} ms après le même ordre ; en ${windowMs} ms seul le premier est envoyé`,
  'book-unknown': () => 'le courtier n’a pas encore dit ce qui est ouvert',
  'being-flattened': () => 'tout est en cours de clôture ; attendez À PLAT',
  'order-unanswered': () => 'l’ordre précédent n’a pas encore de réponse',
  'earlier-unresolved': () =>
    'l’issue d’un ordre précédent n’a pas pu être établie ; regardez la plateforme du courtier, puis acceptez-le tel quel',
  'earlier-checked': () => 'l’issue d’un ordre précédent est en vérification',
  'stream-not-live': () => 'le flux est coupé, les cours sont donc anciens ; attendez son retour',
  'no-price': () => 'il n’y a pas de cours pour traiter',
  'no-price-to-join': () => 'il n’y a pas de cours à rejoindre',
  'price-interrupted': () => 'le cours date d’avant une coupure du flux ou de l’horloge ; attendez-en un nouveau',
  'price-of-old-session': () => 'le cours vient d’une session du flux qui est finie ; attendez-en un nouveau',
  'price-old': ({ seconds, mostSeconds }) => `le cours a ${seconds} s, au plus ${mostSeconds} s sont permises`,
  'price-delayed': () => 'le cours est différé, ce n’est pas celui de maintenant',
  'price-crossed': () => 'le cours est croisé : le vendeur est sous l’acheteur',
  'market-not-open': ({ isForDealing, state }) =>
    `le marché n’est pas ouvert ${isForDealing ? 'aux exécutions' : 'aux ordres'} (${STATES[state] ?? state})`,
  'spread-wide': ({ points, mostPoints }) => `l’écart est de ${points} points, au plus ${mostPoints} sont permis`,
  'order-too-large': ({ size, most }) => `une taille de ${size} dépasse les ${most} permis pour un ordre`,
  'market-too-large': ({ held, more, most }) =>
    `${held} ouverts et ${more} de plus dépassent les ${most} permis sur ce marché`,
  'market-size-unknown': ({ most }) =>
    `au plus ${most} peuvent être ouverts sur ce marché, mais les ordres en attente ne sont pas connus ; attendez leur liste`,
  'too-many-positions': ({ positions, orders, entries, most }) => {
    const parts = [
      positionCount(positions),
      orders > 0 && orderCount(orders),
      entries > 0 && count(entries, 'entrée en cours', 'entrées en cours'),
    ]
    return `${parts.filter(Boolean).join(', ')}, ${most} en tout sont permis`
  },
  'positions-unknown': ({ most }) =>
    `au plus ${count(most, 'position est permise', 'positions sont permises')}, mais les ordres en attente ne sont pas connus ; attendez leur liste`,
  'too-many-entries': ({ entries, most, waitSeconds }) => {
    const wait = waitSeconds === null ? '' : ` ; la prochaine dans ${waitSeconds} s`
    return `${count(entries, 'entrée', 'entrées')} en une minute, ${most} au plus${wait}`
  },
  'margin-short': ({ needed, available, unit, mustStay }) => {
    const rule = mustStay === null ? '' : `, et ${mustStay} doivent rester`
    return `il faut une marge de ${needed} ${unit}, ${available} sont disponibles${rule}`
  },
  'margin-unknown': ({ mustStay, unknown }) => {
    const what =
      unknown === 'needed'
        ? 'la marge de cet ordre ne peut pas être calculée'
        : 'le courtier n’a pas dit ce qui est disponible'
    return `${mustStay} doivent rester disponibles, mais ${what}`
  },
  'deal-not-held': ({ dealId }) => `il faut une position détenue, mais ${dealId} ne l’est pas ; regardez les positions`,
  'not-a-part': ({ held }) =>
    `il faut une part des ${held} détenus, mais elle est nulle ; donnez une taille au-dessus de 0`,
  'nothing-held': () => 'rien n’est détenu sur ce marché',
  'both-directions-held': () => 'les deux sens sont détenus ; clôturez d’abord l’un des deux',
  'closed-already': () => 'la clôture est déjà en cours',
  'no-such-preset': () => 'il n’y en a pas de ce nom',
}

const UNTIL_NEXT_DAY =
  'les entrées sont bloquées jusqu’au prochain jour de bourse du courtier, les sorties restent possibles'
const CLOSING_WORKS = 'les entrées sont bloquées jusqu’au prochain jour du courtier, clôturer reste possible'

function lossText({ lost, most, unit }: DenialMessages['day-lost']): string {
  const of = unit === null ? '' : ` ${unit}`
  return `perte de ${lost}${of} sur ${most}${of} permis`
}

const duration = (seconds: number): string => (seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`)

const DAYS: Readonly<Record<Weekday, string>> = {
  mon: 'lun',
  tue: 'mar',
  wed: 'mer',
  thu: 'jeu',
  fri: 'ven',
  sat: 'sam',
  sun: 'dim',
}

/** A state that IG invents later stays in its own word. */
const STATES: Readonly<Record<string, string>> = {
  tradeable: 'ouvert',
  closed: 'fermé',
  'edits-only': 'modifications seules',
  offline: 'hors ligne',
  auction: 'enchères',
  'auction-no-edits': 'enchères, sans modification',
  suspended: 'suspendu',
  'closings-only': 'clôtures seules',
  'deal-no-edit': 'sans modification',
}
