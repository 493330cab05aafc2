import type { AlarmKind } from '../../guard/watchdogs/alarm.ts'
import type { SentencesOf } from '../message.ts'
import type { AlarmMessages } from '../messages/alarm-messages.ts'
import { heldText, positionText } from './things.ts'

export const FRENCH_ALARMS: SentencesOf<AlarmMessages> = {
  'no-stop': ({ position, isWanted }) => {
    const sent = isWanted ? 'envoi fait avec un stop, position détenue sans' : 'position détenue sans stop'
    return `PAS DE STOP chez le courtier : ${positionText(position)}, ${sent} ; mettez-en un ou clôturez-la`
  },
  'stop-not-known': ({ position }) =>
    `STOP INCONNU : le courtier n’a pas dit si ${positionText(position)} en a un ; regardez sa plateforme`,
  'not-ours': ({ position }) =>
    `PAS À NOUS : ${positionText(position)}, position ouverte ailleurs ; reprenez-la ou clôturez-la`,
  'order-not-ours': ({ held }) =>
    `PAS À NOUS : ${heldText(held)}, ordre en attente placé ailleurs ; reprenez-le ou annulez-le`,
  'stop-removed': ({ position, was }) =>
    `STOP RETIRÉ : ${positionText(position)}, retiré ailleurs${before(was)} ; remettez-le ou clôturez la position`,
  'stop-moved-away': ({ position, was, level }) =>
    `STOP ÉLOIGNÉ : ${positionText(position)}, maintenant à ${level}${before(was)}, déplacé ailleurs ; ramenez-le ou clôturez la position`,
  'resting-while-locked': ({ count }) =>
    `TOUJOURS EN ATTENTE : la journée est verrouillée, mais ${count === 1 ? 'un ordre attend' : `${count} ordres attendent`} chez le courtier et ${count === 1 ? 'peut' : 'peuvent'} ouvrir une position ; ${count === 1 ? 'annulez-le' : 'annulez-les'}`,
  'margin-low': ({ percent, leastPercent }) =>
    `MARGE FAIBLE : les fonds propres font ${percent} % de la marge utilisée, au moins ${leastPercent} % sont voulus ; clôturez quelque chose`,
  'clock-skew': ({ seconds, isAhead }) =>
    `HORLOGE : cette machine a ${seconds} s ${isAhead ? 'd’avance sur le courtier, ou les cours arrivent tard' : 'de retard sur le courtier'} ; réglez son horloge`,
  'silent-feed': ({ seconds }) =>
    `SILENCE : le flux est ouvert, mais ni cours ni battement depuis ${seconds} s ; les cours sont peut-être anciens, clôturer reste possible`,
  'alarm-over': ({ alarm }) => OVER[alarm],
}

const before = (was: string | null): string => (was === null ? '' : ` (était à ${was})`)

const OVER: Readonly<Record<AlarmKind, string>> = {
  'no-stop': 'le stop est en place',
  'stop-not-known': 'le stop est connu',
  'not-ours': 'repris, ou disparu',
  'stop-removed': 'le stop est revenu',
  'stop-moved-away': 'le stop est revenu',
  'resting-while-locked': 'aucun ordre n’attend plus pendant une journée verrouillée',
  'margin-low': 'la marge suffit de nouveau',
  'clock-skew': 'les horloges s’accordent de nouveau',
  'silent-feed': 'les cours arrivent de nouveau',
}
