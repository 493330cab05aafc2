import type { SentencesOf } from '../message.ts'
import type { IntentMessages } from '../messages/intent-messages.ts'
import {
  closingText,
  count,
  heldText,
  legsText,
  orders as orderCount,
  orderText,
  positions as positionCount,
  positionText,
  SIDE,
  wantedText,
  where,
} from './things.ts'

export const FRENCH_INTENTS: SentencesOf<IntentMessages> = {
  denied: ({ wanted, why }, said) => `BLOQUÉ, ${wantedText(wanted)} : ${said(why)}`,
  closing: ({ position }) => `CLÔTURE EN COURS : ${closingText(position)}`,
  'closing-already': ({ position }) => `CLÔTURE DÉJÀ EN COURS : ${closingText(position)}`,
  'nothing-to-close': ({ dealId }) => `RIEN À CLÔTURER : aucune position ${dealId} n’est connue ; ${ASKING}`,
  'closing-without-stop': ({ position }) => `CLÔTURE EN COURS : ${positionText(position)} n’a pas de stop`,
  reducing: ({ direction, left }) =>
    `RÉDUCTION : ${SIDE[direction]} réduit ce qui est détenu${left === null ? '' : ` ; il reste ${left}, qui n’ouvre rien`}`,
  'reducing-already': ({ direction }) => `CLÔTURE DÉJÀ EN COURS : ${SIDE[direction]} réduit ce qui est détenu`,
  reversing: ({ market, direction }) => `INVERSION sur ${market} : clôture, puis ${SIDE[direction]}`,
  'not-reversed': ({ why }) => `NON INVERSÉ : ${NOT_REVERSED[why]} ; rien n’a été ouvert`,
  cancelling: ({ orders }) => `ANNULATION DE ${orderCount(orders)}`,
  'cancelling-already': () => 'ANNULATION DÉJÀ EN COURS',
  'nothing-to-cancel': () =>
    'RIEN À ANNULER : aucun ordre en attente de ce nom n’est connu ; le courtier est interrogé',
  changing: ({ legs }) => `CHANGEMENT EN COURS : ${legsText(legs)}`,
  'nothing-to-change': () => `RIEN À CHANGER : aucune position de ce nom n’est connue ; ${ASKING}`,
  'not-changed': ({ why }, said) => `NON CHANGÉ : ${said(why)}`,
  'nothing-to-adopt': ({ dealId }) => `RIEN À REPRENDRE : aucune transaction ${dealId} n’est connue ; ${ASKING}`,
  'ours-already': ({ held }) => `DÉJÀ À NOUS : ${heldText(held)}`,
  adopted: ({ held }) => `REPRIS : ${heldText(held)}`,
  'nothing-to-accept': ({ orderId, why }) => `RIEN À ACCEPTER : ${NOT_ACCEPTED[why](orderId)}`,
  'accepted-unknown': ({ order }) => `ACCEPTÉ comme inconnu : ${orderText(order)} ; les entrées reprennent`,
  armed: () => 'ARMÉ : les entrées sont envoyées',
  disarmed: () => 'DÉSARMÉ : les entrées sont bloquées, clôturer reste possible',
  'preset-chosen': ({ preset, market }) => `PRÉRÉGLAGE ${preset} pour ${market}`,
  flattening: ({ market, positions, orders }) => {
    const named = [positions > 0 && positionCount(positions), orders > 0 && orderCount(orders)]
      .filter(Boolean)
      .join(' et ')
    return `CLÔTURE EN COURS${where(market)} : ${named === '' ? ASKING : named}`
  },
  flat: ({ market }) => `À PLAT${where(market)} : le courtier n’indique ni position ni ordre en attente`,
  'flat-withheld': ({ market, areOrdersListed, why }) =>
    `CLÔTURÉ${where(market)} : le courtier n’indique ${areOrdersListed ? 'rien d’ouvert' : 'aucune position'} ; À PLAT n’est pas affirmé ${WITHHELD[why]}`,
  'not-flat': ({ market, stays }, said) => `PAS À PLAT${where(market)} : ${said(stays)}`,
  'stays-open': ({ positions, orders }) => {
    const rests = count(orders, 'ordre en attente demeure', 'ordres en attente demeurent')
    const stays = positions > 0 ? 'une position n’a pas pu être clôturée' : rests
    return `${stays} ; appuyez de nouveau, ou passez par la plateforme du courtier`
  },

  'too-many-changes': () => 'trop de changements attendent déjà le courtier',
  'position-gone': () => 'sa position n’existe plus',
  'legs-not-told': () => 'le courtier n’a pas dit à temps où sont son stop et sa limite',
  'no-figure': () => 'ce qui est demandé n’est pas un nombre',
  'so-already': () => 'c’est déjà le cas',
  'opening-level-unknown': () => 'son niveau d’ouverture n’est pas connu',
  'stop-nearer-already': () => 'son stop est déjà plus près',
  'price-not-passed': () => 'le cours n’a pas dépassé son niveau d’ouverture',
  'no-such-leg': ({ leg }) => (leg === 'stop' ? 'elle n’a pas de stop' : 'elle n’a pas de limite'),
  'points-not-positive': ({ points }) => `il faut plus de 0 point, mais la demande est de ${points}`,
  'stop-as-near-as-allowed': () => 'son stop est aussi près que le marché le permet',
  'guaranteed-cannot-trail': () => 'un stop garanti ne peut pas être suiveur',
  'no-price-to-trail': () => 'il n’y a pas de cours à suivre',
  'point-unknown': () => 'la valeur d’un point n’y est pas connue',
}

const ASKING = 'le courtier est interrogé sur ce qui est ouvert'

const NOT_REVERSED: Readonly<Record<IntentMessages['not-reversed']['why'], string>> = {
  'close-refused': 'une clôture a été refusée ou bloquée',
  'not-in-time': 'les clôtures n’ont pas été confirmées à temps',
  'close-unknown': 'l’issue d’une clôture n’est pas connue',
}

const NOT_ACCEPTED: Readonly<Record<IntentMessages['nothing-to-accept']['why'], (id: string) => string>> = {
  'no-such-order': id => `aucun ordre ${id} n’est connu`,
  'still-checked': id => `l’ordre ${id} est encore en vérification`,
  'not-unknown': id => `l’ordre ${id} n’est pas inconnu`,
}

const WITHHELD: Readonly<Record<IntentMessages['flat-withheld']['why'], string>> = {
  'order-unresolved': 'car l’issue d’un ordre n’a pas pu être établie ; regardez la plateforme du courtier',
  'stream-closed': 'avant un redémarrage du programme : le flux est fermé',
  'stream-down': 'avant le retour du flux',
  'trades-not-heard': 'avant le retour des mises à jour du compte',
  'orders-not-listed': 'avant que les ordres en attente puissent être lus',
}
