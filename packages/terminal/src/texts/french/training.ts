import type { ENGLISH_TRAINING } from '../english/training.ts'

export const FRENCH_TRAINING: typeof ENGLISH_TRAINING = {
  drills: {
    buy: 'ACHAT',
    sell: 'VENTE',
    flatten: 'TOUT CLÔTURER',
    'close-half': 'MOITIÉ',
    breakeven: 'STOP AU PRIX D’ENTRÉE',
  },
  title: 'ENTRAÎNEMENT',
  nothingSent: 'rien n’est envoyé',
  place: (drill, drills) => `${drill} sur ${drills}`,
  madeUp: market => `${market}, cours inventés`,
  ends: 'q termine',
  over: 'terminé',
  unheard: '(ce terminal ne signale pas les touches de modification seules)',

  hit: (asked, time, key) => `${asked} : ${time} (${key})`,
  wrongSide: (asked, key, does) => `MAUVAIS SENS : ${asked} demandé, ${key} veut dire ${does}`,
  otherKey: (asked, key, does) => `AUTRE TOUCHE : ${asked} demandé, ${key} veut dire ${does}`,
  missed: asked => `MANQUÉ : ${asked}`,

  milliseconds: count => `${count} ms`,
  percent: count => `${count} %`,
  score: {
    hits: (drills, hits) =>
      `${drills} ${drills > 1 ? 'exercices' : 'exercice'}, ${hits} ${hits > 1 ? 'réussis' : 'réussi'}`,
    times: (p50, p95) => `p50 ${p50}, p95 ${p95}`,
    few: hits => `(peu : ${hits} ${hits > 1 ? 'réussis' : 'réussi'})`,
    noSide: 'aucun sens n’a été choisi',
    wrongSides: (wrong, sides) => `mauvais sens ${wrong} sur ${sides}`,
    wrongRate: rate => `mauvais sens ${rate}`,
    otherKeys: count => `autre touche ${count}`,
    missed: count => `manqués ${count}`,
    early: count => `appuyé trop tôt ${count}`,
  },
  result: (what, score) => `${what} : ${score}`,
  mistakes: list => `erreurs : ${list}`,
  mistake: (asked, pressed, key) => `demandé ${asked}, appuyé ${pressed} (${key})`,

  noHistory: 'encore aucun entraînement ; scalpdesk train en commence un',
  unreadable: lines =>
    lines > 1
      ? `${lines} lignes de training.ndjson ne sont pas des séances et sont laissées de côté`
      : `${lines} ligne de training.ndjson n’est pas une séance et est laissée de côté`,
  progress: (first, last) =>
    `progrès, ${first > 1 ? `les ${first} premières séances` : 'la première séance'} → ${last > 1 ? `les ${last} dernières` : 'la dernière'} :`,
  change: (before, since) => `${before} → ${since}`,

  maps: 'touches des deux sens, sur toutes les séances :',
  hands: { letters: 'lettres', 'bare modifiers': 'touches de modification seules', arrows: 'flèches' },
  map: (profile, hands) => `${profile}, ${hands}`,
  confidence: (low, high) => `(de ${low} à ${high}, sûr à 95 %)`,
  best: {
    alone: 'une seule a été essayée',
    tooFew: list => `trop peu de réponses pour dire la meilleure : ${list}`,
    answers: (map, sides, least) => `${map} ${sides} sur ${least}`,
    ahead: map => `aucune différence que ces chiffres prouvent ; ${map} est devant`,
    bySpeed: map => `la meilleure : ${map}, par sa rapidité ; les mauvais sens ne se distinguent pas`,
    byWrongSides: map => `la meilleure : ${map}, par moins de mauvais sens`,
  },

  nothingKept: 'aucun exercice n’a eu de réponse : rien n’est gardé',
  kept: (file, seed) => `gardé dans ${file} ; graine ${seed}`,
}
