import { rejectionReason } from '@scalpdesk/sdk'
import { unreachable } from '../../unreachable.ts'
import type { SentencesOf } from '../message.ts'
import type { OrderMessages } from '../messages/order-messages.ts'
import type { OrderText } from '../things.ts'
import { FRENCH_REASONS } from './reasons.ts'
import { legsText, orderText, SIDE } from './things.ts'

export const FRENCH_ORDERS: SentencesOf<OrderMessages> = {
  sent: ({ direction, size, market, stopPoints }) =>
    `ENVOYÉ : ${SIDE[direction]} ${size} ${market}, ${stopPoints === null ? 'sans stop' : `stop à ${stopPoints} points`}`,
  'sent-order': ({ order }) => `ENVOYÉ : ${orderText(order)}`,
  filled: ({ direction, size, market, level, slippedPoints, stop }) => {
    const at = level === null ? '' : ` à ${level}${slippage(slippedPoints)}`
    const legs = stop === null ? 'SANS STOP' : `stop ${stop}`
    return `EXÉCUTÉ : ${direction === 'BUY' ? 'ACHETÉ' : 'VENDU'} ${size} ${market}${at}, ${legs}`
  },
  'filled-order': ({ order }) => `EXÉCUTÉ : ${orderText(order)}`,
  closed: ({ direction, size, of, level, result }) => {
    const part = of === null ? '' : ` sur ${of}`
    const at = level === null ? '' : ` à ${level}`
    return `CLÔTURÉ : ${SIDE[direction]} ${size}${part}${at}${result === null ? '' : `, résultat ${result}`}`
  },
  amended: ({ legs }) => `MODIFIÉ : ${legsText(legs)}`,
  resting: ({ order }) => `EN ATTENTE : ${orderText(order)}`,
  cancelled: () => 'ANNULÉ : l’ordre n’attend plus',
  'order-gone': () =>
    'DISPARU : l’ordre n’attend plus ; annulé ou exécuté, cela n’a pas été dit, regardez ce qui est ouvert',
  'dealt-by-history': ({ order }) =>
    `EXÉCUTÉ, d’après l’historique du compte : ${orderText(order)} ; le courtier est interrogé sur ce qui est ouvert`,
  'no-matter': ({ order }) => `SANS OBJET : ${orderText(order)}, sa position n’existe plus`,
  rejected: ({ order, reason }) => `REFUSÉ PAR LE COURTIER, ${orderText(order)} : ${reasonText(reason)}`,
  'denied-order': ({ order, why }, said) => `BLOQUÉ, ${orderText(order)} : ${said(why)}`,
  checking: ({ order, cause }, said) =>
    `INCONNU — VÉRIFICATION : ${orderText(order)}, envoi fait, mais ${said(cause)} ; rien n’est envoyé de nouveau`,
  unresolved: ({ order, cause }, said) => `INCONNU : ${orderText(order)}, ${said(cause)} ; ${advice(order)}`,
  'dealt-although-refused': ({ order }) =>
    `EXÉCUTÉ MALGRÉ LE REFUS : ${orderText(order)}, confirmé après coup ; le courtier est interrogé sur ce qui est ouvert`,

  'nothing-was-sent': ({ cause }) => `rien n’est parti : ${cause}`,
  'journal-unwritable': ({ cause }) => `le journal ne peut pas être écrit : ${cause}`,
  'confirm-did-not-come': () => 'sa confirmation n’est pas venue',
  'no-answer-in-a-minute': () => 'aucune réponse trouvée en une minute',
  'position-still-listed': ({ isWhole }) => `la position est encore dans la liste${isWhole ? ', entière' : ''}`,
  'listed-without-it': () => 'la position est dans la liste sans ce changement',
  'order-still-listed': () => 'l’ordre est encore dans la liste',
  told: ({ text }) => text,
}

function reasonText(reason: string): string {
  const known = rejectionReason(reason)
  return known === null ? reason : `${FRENCH_REASONS[known]} (${reason})`
}

/** @param points above 0 is against the trader */
function slippage(points: string | null): string {
  if (points === null) return ''
  return points.startsWith('-') ? ` (mieux de ${points.slice(1)} points)` : ` (glissement de ${points} points)`
}

function advice({ kind }: OrderText): string {
  switch (kind) {
    case 'open':
    case 'place':
      return 'regardez la plateforme du courtier'
    case 'close':
      return 'appuyez de nouveau pour clôturer'
    case 'amend':
    case 'cancel':
      return 'regardez la liste, puis appuyez de nouveau'
    default:
      return unreachable(kind)
  }
}
