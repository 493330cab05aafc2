import type { SentencesOf } from '../message.ts'
import type { RuleMessages } from '../messages/rule-messages.ts'

export const FRENCH_RULES: SentencesOf<RuleMessages> = {
  'size-too-small': ({ market, least, size }) =>
    `${market} veut une taille ${atLeast(least)}, mais elle est de ${size} ; augmentez-la`,
  'size-off-step': ({ market, step, size, below }) =>
    `${market} veut une taille par pas de ${step}, mais elle est de ${size} ; ${below} est la première en dessous`,
  'no-market-orders': ({ market }) => `${market} ne prend pas d’ordre au marché ; placez plutôt un ordre en attente`,
  'no-legs': ({ market }) => `${market} ne prend ni stop ni limite, mais il y en a ; retirez-les`,
  'no-guaranteed-stops': ({ market }) => `${market} n’a pas de stop garanti ; prenez un stop normal`,
  'no-trailing-on-orders': () => 'un ordre en attente ne prend pas de stop suiveur ; prenez un stop fixe',
  'no-trailing-stops': ({ market }) => `${market} ou le compte ne permet pas de stop suiveur ; prenez un stop fixe`,
  'trailing-step-small': ({ market, least, points }) =>
    `${market} veut un pas de stop suiveur ${atLeast(least)} points, mais il est de ${points} ; augmentez-le`,
  'leg-too-near': ({ market, leg, least, points }) =>
    `${market} veut ${LEG[leg]} à une distance ${atLeast(least)} points, mais elle est de ${points} ; éloignez-${IT[leg]}`,
  'leg-too-far': ({ market, leg, most, points }) =>
    `${market} veut ${LEG[leg]} à ${most} points au plus, mais la distance est de ${points} ; rapprochez-${IT[leg]}`,
  'level-too-near': ({ market, isBelow, least, points }) =>
    `${market} veut un niveau ${isBelow ? 'sous' : 'au-dessus de'} son cours, à une distance ${atLeast(least)} points, mais elle est de ${points} ; le courtier le refuserait`,
  'no-price-for-rule': ({ market, of, percent }) =>
    `sans cours pour ${market}, ${CHECKED[of]} ne peut pas être comparé à ${percent} % ; attendez un cours`,
  'no-level': ({ market, level }) => `${market} veut un niveau, mais c’est ${level} ; donnez-en un près du cours`,
  'no-preset-name': () => 'le préréglage n’a pas de nom ; donnez-lui-en un',
  'no-size-on-key': ({ preset, key }) =>
    `la touche ${key} du préréglage ${preset} n’a pas de taille ; fixez-en une ou prenez une autre touche`,
  'preset-unusable': () => 'il ne peut pas être envoyé',
  'risk-needs-stop': ({ market }) => `sans stop, la taille pour ${market} ne peut pas être calculée ; fixez-en un`,
  'no-premium': ({ market }) => `IG n’a pas dit ce que coûte un stop garanti sur ${market} ; prenez une taille fixe`,
  'no-rate': ({ market, from, to }) =>
    `IG ne donne pas de taux ${from} vers ${to} pour ${market} ; prenez une taille fixe`,
  'no-size-step': ({ market }) =>
    `le pas des tailles pour ${market} n’est pas connu ; fixez-le ou prenez une taille fixe`,
  'no-point-value': ({ market }) =>
    `la valeur d’un point sur ${market} ne peut pas être calculée ; prenez une taille fixe`,
  'risk-too-small': ({ market, least, risk, unit }) =>
    `la plus petite taille pour ${market} risque au moins ${least} ${unit}, mais le risque est de ${risk} ; augmentez-le ou rapprochez le stop`,
  'risk-out-of-range': ({ risk, unit }) => {
    const range = unit === null ? 'être au-dessus de 0 et d’au plus 100 % des fonds propres' : `dépasser 0 ${unit}`
    return `le risque doit ${range}, mais il est de ${risk} ; corrigez-le`
  },
  'no-equity': () =>
    'un risque en pour cent veut les fonds propres, mais le courtier ne les a pas dits ; attendez-les ou risquez un montant',
  'equity-not-positive': ({ equity }) =>
    `un risque en pour cent veut des fonds propres au-dessus de 0, mais ils sont de ${equity} ; prenez une taille fixe`,
}

/** @param least null: whatever is above nothing */
const atLeast = (least: string | null): string => (least === null ? 'de plus de 0' : `d’au moins ${least}`)

const LEG = { stop: 'un stop', limit: 'une limite' } as const
const IT = { stop: 'le', limit: 'la' } as const

const CHECKED: Readonly<Record<RuleMessages['no-price-for-rule']['of'], string>> = {
  stop: 'le stop',
  limit: 'le niveau de la limite',
  'trailing-step': 'le pas du stop suiveur',
}
