import { sentence } from '@scalpdesk/desk'
import type { SessionWords } from './english.ts'

export const FRENCH_SESSION: SessionWords = {
  desk: message => sentence(message, 'fr'),

  guard: {
    day: 'journée',
    locked: lock => `VERROUILLÉE : ${sentence(lock, 'fr')}`,
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
    heldBack: 'épuisé : le courtier refuse pour l’instant, les sorties continuent',
  },

  arming: {
    start: 'comme au départ',
    trader: 'par le trader',
    focus: 'la fenêtre a perdu le focus',
    drawing: 'l’écran n’a pas pu être dessiné',
    screen: 'un écran est venu ou parti',
    elsewhere: 'LECTURE SEULE : un autre écran a les touches ; tout fermer marche',
  },

  said: {
    notPainted: market =>
      `NON ENVOYÉ : ${market} n’était pas encore à l’écran quand la touche est venue ; appuyez encore`,
    markChanged:
      'PAS FAIT : la ligne marquée a changé à l’écran au moment de la touche ; regardez, puis appuyez encore',
    nothingPainted: 'PAS FAIT : rien n’était encore à l’écran quand la touche est venue ; appuyez encore',
    burstEntries: chord => `${chord} parmi beaucoup de touches à la fois a été ignoré : non envoyé`,
    noPosition: what => `aucune position à ${what} : aucune n’est marquée`,
    noOrder: 'aucun ordre en attente à annuler : aucun n’est marqué',
    noOrders: market => `aucun ordre en attente à annuler sur ${market}`,
    noForeign: 'rien à reprendre : aucune position ni aucun ordre d’ailleurs n’est marqué',
    noUnknown: 'rien à accepter : aucun ordre n’est inconnu',
    stillChecking: 'rien à accepter encore : l’issue est encore demandée',
    noStopToTrail: 'aucun stop à faire suivre, et le préréglage n’en a pas : rien n’a changé',
    noLeg: leg => `pas de ${leg} à déplacer : rien n’a changé`,
    onePreset: name => `${name} est le seul préréglage de ce marché`,
    size: (key, size) => `TAILLE ${key} : ${size}`,
    preset: (name, size) => `PRÉRÉGLAGE ${name} : taille ${size}`,
    market: name => `MARCHÉ ${name}`,
    oneMarket: name => `${name} est le seul marché ; choisissez-en un autre pour l’ajouter`,
    timeFrame: name => `UNITÉ DE TEMPS ${name}`,
    layout: name => `DISPOSITION ${name}`,
    marked: row => `MARQUÉ ${row}`,
    nothingToMark: 'rien à marquer : ni position ni ordre en attente',
    redrawn: 'redessiné',
    asked: what => `${what} : attend la liste du courtier`,
    lockedAlready: lock =>
      `VERROUILLÉE : ${sentence(lock, 'fr')} ; les entrées sont bloquées jusqu’au prochain jour du courtier, clôturer reste possible`,
    disarmedByFocus: 'DÉSARMÉ : la fenêtre a perdu le focus ; armez de nouveau pour entrer',
    wrongSentence: 'PAS ARMÉ : la phrase n’a pas été tapée telle quelle',
    notArmed: 'PAS ARMÉ : laissé tel quel',
    textMode:
      'l’écran n’a pas pu être dessiné et tient en deux lignes de texte : fermer marche ; les entrées ont été désarmées et peuvent être réarmées',
    firstRun:
      'ARGENT FICTIF : le courtier simulé intégré exécute, sans réglages encore ; scalpdesk init pour aller plus loin',
    remembered: problem => `ce que l’écran avait retenu est recommencé : ${problem}`,
    fault: why => `PAS FAIT par une faute du programme (${why}) ; fermer marche encore`,
    soundFailed: why => `les sons sont coupés : ${why}`,
    notFollowed: (market, why) => `pas de cours de ${market} : ${why}`,
    tooLate: seconds => `NON ENVOYÉ : la touche est venue avec ${seconds} s de retard ; regardez, puis appuyez encore`,
    placeChanged: 'PAS FAIT : ce que l’écran demandait a changé au moment de la touche ; regardez, puis appuyez encore',
    quietAway: span => `sans écran pendant ${span} : il ne s’est rien passé`,
    busyAway: (span, count, last) =>
      `sans écran pendant ${span} : ${count === 1 ? 'un événement' : `${count} événements`}, le dernier ${last}`,
  },

  questions: {
    lockDay: 'Verrouiller la journée ? Aucune entrée jusqu’au prochain jour du courtier, fermer marche. y / n',
    acceptUnknown: order =>
      `Accepter comme inconnu : ${order} ? Les entrées reprennent ; regardez d’abord la plateforme du courtier. y / n`,
    left: 'laissé tel quel',
  },

  verbs: {
    'close-position': 'fermer',
    'close-half': 'réduire de moitié',
    'close-quarter': 'réduire d’un quart',
    breakeven: 'mettre à l’équilibre',
    'stop-up': 'changer de stop',
    'stop-down': 'changer de stop',
    'limit-up': 'changer de limite',
    'limit-down': 'changer de limite',
    'tighten-stop': 'serrer',
    'toggle-trailing': 'suivre',
    'remove-limit': 'priver de sa limite',
  },

  picker: {
    recent: 'récent',
    traded: 'traité ici',
    watchlist: 'liste',
    searching: text => `recherche de ${text}`,
    none: text => `aucun marché n’a ${text} dans son nom`,
    asking: 'demande au courtier ses règles de négociation',
    waiting: span => `le quota du courtier est court : nouvelle demande dans ${span}`,
    failed: why => `le courtier n’a pas répondu : ${why}`,
    open: 'tapez un nom ; Entrée le traite, Échap quitte',
    notTradable: why => `pas traité : ${why}`,
    rules: {
      size: least => `taille dès ${least}`,
      stop: least => `stop dès ${least}`,
      spread: points => `écart ${points}`,
      margin: percent => `marge ${percent}`,
      state: state => state,
      points: value => `${value} points`,
      percent: value => `${value} %`,
    },
  },
}
