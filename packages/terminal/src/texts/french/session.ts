import type { ENGLISH_SESSION } from '../english/session.ts'
import { FRENCH_SCREEN } from './screen.ts'

export const FRENCH_SESSION: typeof ENGLISH_SESSION = {
  confirmLive: sentence => `Argent réel. Tapez ${sentence} puis Entrée pour armer`,
  summary: {
    head: counts => `La session : ${counts}`,
    deals: count => `${count} ${count > 1 ? 'transactions' : 'transaction'}`,
    won: count => `${count} ${count > 1 ? 'gagnantes' : 'gagnante'}`,
    lost: count => `${count} ${count > 1 ? 'perdantes' : 'perdante'}`,
    money: (realised, charges) => `réalisé ${realised}, frais ${charges}`,
    best: deal => `meilleure transaction : ${deal}`,
    worst: deal => `pire transaction : ${deal}`,
    denied: count => `${count} ${count > 1 ? 'bloqués' : 'bloqué'} par nos limites`,
    rejected: count => `${count} ${count > 1 ? 'refusés' : 'refusé'} par le courtier`,
    latency: (p50, p95) => `de la touche à la confirmation : p50 ${p50} ms, p95 ${p95} ms`,
    stillOpen: count =>
      count > 1
        ? `${count} positions encore ouvertes chez le courtier`
        : `${count} position encore ouverte chez le courtier`,
    nothingOpen: 'rien n’est ouvert chez le courtier',
    openUnknown: 'ce qui est ouvert chez le courtier n’est pas connu',
  },

  guard: {
    day: 'journée',
    locked: lock => `VERROUILLÉE : ${lock}`,
    coolDown: 'pause',
    left: span => `encore ${span}`,
    dayLoss: 'perte du jour',
    positions: 'ouverts',
    entries: 'entrées par minute',
    lossStreak: 'pertes de suite',
    held: 'détenu ici',
    spread: 'écart',
    tradingAllowance: 'ordres par minute',
    dataAllowance: 'appels par minute',
    of: (used, most) => `${used} sur ${most}`,
    leftOf: (left, most) => `reste ${left} sur ${most}`,
    notKnown: most => `inconnu, sur ${most}`,
    heldBack: 'épuisé : le courtier refuse pour l’instant, les sorties continuent',
  },

  arming: {
    start: 'comme au départ',
    trader: 'par le trader',
    focus: 'la fenêtre a perdu le focus',
    drawing: 'l’écran n’a pas pu être dessiné',
    screen: 'un écran est venu ou parti',
    elsewhere: 'LECTURE SEULE : un autre écran a les touches ; tout clôturer marche',
  },

  said: {
    notPainted: market =>
      `NON ENVOYÉ : ${market} n’était pas encore à l’écran quand la touche est venue ; appuyez encore`,
    markChanged:
      'PAS FAIT : la ligne marquée a changé à l’écran au moment de la touche ; regardez, puis appuyez encore',
    nothingPainted: 'PAS FAIT : rien n’était encore à l’écran quand la touche est venue ; appuyez encore',
    noPosition: what => `aucune position à ${what} : aucune n’est marquée`,
    noOrder: 'aucun ordre en attente à annuler : aucun n’est marqué',
    noOrders: market => `aucun ordre en attente à annuler sur ${market}`,
    noForeign: 'rien à reprendre : aucune position ni aucun ordre d’ailleurs n’est marqué',
    noUnknown: 'rien à accepter : aucun ordre n’est inconnu',
    stillChecking: 'rien à accepter encore : l’issue est encore demandée',
    noStopToTrail: 'aucun stop à faire suivre, et le préréglage n’en a pas : rien n’a changé',
    noLeg: {
      stop: 'la position n’a pas de stop à déplacer : rien n’a changé',
      limit: 'la position n’a pas de limite à déplacer : rien n’a changé',
    },
    onePreset: name => `${name} est le seul préréglage de ce marché`,
    size: (key, size) => `TAILLE ${key} : ${size}`,
    preset: (name, size) => `PRÉRÉGLAGE ${name} : taille ${size}`,
    market: name => `MARCHÉ ${name}`,
    oneMarket: name => `${name} est le seul marché ; choisissez-en un autre pour l’ajouter`,
    timeFrame: name => `UNITÉ DE TEMPS ${name}`,
    layout: name => `DISPOSITION ${name}`,
    marked: row => `MARQUÉ ${row}`,
    nothingToMark: 'rien à marquer : ni position ni ordre en attente',
    redrawn: 'redessiné',
    asked: what => `${what} : attend la liste du courtier`,
    lockedAlready: lock =>
      `VERROUILLÉE : ${lock} ; les entrées sont bloquées jusqu’au prochain jour du courtier, clôturer reste possible`,
    disarmedByFocus: 'DÉSARMÉ : la fenêtre a perdu le focus ; armez de nouveau pour entrer',
    wrongSentence: 'PAS ARMÉ : la phrase n’a pas été tapée telle quelle',
    notArmed: 'PAS ARMÉ : laissé tel quel',
    textMode:
      'l’écran n’a pas pu être dessiné et tient en deux lignes de texte : clôturer reste possible ; les entrées ont été désarmées et peuvent être réarmées',
    firstRun:
      'ARGENT FICTIF : le courtier simulé intégré exécute, sans réglages encore ; scalpdesk init pour aller plus loin',
    remembered: problem => `ce que l’écran avait retenu est recommencé : ${problem}`,
    redrawnAfterFault: why => `l’écran a été redessiné après une panne : ${why}`,
    journalFailed: why => `le journal ne peut pas être écrit : ${why}`,
    fault: why => `PAS FAIT par une faute du programme (${why}) ; clôturer reste possible`,
    soundFailed: why => `les sons sont coupés : ${why}`,
    notFollowed: (market, why) => `pas de cours de ${market} : ${why}`,
    tooLate: seconds => `NON ENVOYÉ : la touche est venue avec ${seconds} s de retard ; regardez, puis appuyez encore`,
    placeChanged: 'PAS FAIT : ce que l’écran demandait a changé au moment de la touche ; regardez, puis appuyez encore',
    quietAway: span => `sans écran pendant ${span} : il ne s’est rien passé`,
    busyAway: (span, count, last) =>
      `sans écran pendant ${span} : ${count === 1 ? 'un événement' : `${count} événements`}, le dernier ${last}`,
  },

  left: {
    position: (what, stop) => `${what} (${stop === null ? 'SANS STOP' : `stop ${stop}`})`,
    open: what => `laissé ouvert chez le courtier : ${what}`,
    notSaid: 'le courtier n’a pas dit que rien n’est ouvert : regardez sa plateforme',
    unknown: orders => `issue inconnue de ${orders} : regardez la plateforme du courtier`,
  },

  questions: {
    quit: 'Il reste peut-être quelque chose d’ouvert chez le courtier. Quitter et l’y laisser ? y / n',
    quitShort: 'Quitter, laisser l’ouvert ? y / n',
    lockDay:
      'Verrouiller la journée ? Aucune entrée jusqu’au prochain jour du courtier, clôturer reste possible. y / n',
    lockDayShort: 'Verrouiller la journée ? y / n',
    acceptUnknown: order =>
      `Accepter comme inconnu : ${order} ? Les entrées reprennent ; regardez d’abord la plateforme du courtier. y / n`,
    acceptUnknownShort: id => `Accepter ${id} inconnu ? y / n`,
    left: 'laissé tel quel',
    orders: { close: 'clôture', amend: 'changement de stop ou de limite', cancel: 'annulation' },
  },

  verbs: {
    'close-position': 'clôturer',
    'close-half': 'réduire de moitié',
    'close-quarter': 'réduire d’un quart',
    breakeven: 'ramener à l’entrée',
    'stop-up': 'changer de stop',
    'stop-down': 'changer de stop',
    'limit-up': 'changer de limite',
    'limit-down': 'changer de limite',
    'tighten-stop': 'resserrer',
    'toggle-trailing': 'suivre par le stop',
    'remove-limit': 'priver de sa limite',
  },

  picker: {
    recent: 'récent',
    traded: 'traité ici',
    watchlist: 'liste',
    searching: text => `recherche de ${text}`,
    none: text => `aucun marché n’a ${text} dans son nom`,
    asking: 'demande au courtier ses règles de négociation',
    waiting: span => `le quota du courtier est court : nouvelle demande dans ${span}`,
    failed: why => `le courtier n’a pas répondu : ${why}`,
    open: 'tapez un nom ; Entrée le traite, Échap quitte',
    notTradable: why => `pas traité : ${why}`,
    rules: {
      size: least => `taille dès ${least}`,
      stop: least => `stop dès ${least}`,
      spread: points => `écart ${points}`,
      margin: percent => `marge ${percent}`,
      state: state => STATES[state] ?? state,
      points: value => (Number(value) < 2 ? `${value} point` : `${value} points`),
      percent: value => `${value} %`,
    },
  },
}

const STATES: Readonly<Record<string, string>> = FRENCH_SCREEN.quote.marketStates
