import type { ENGLISH_REPLAY } from '../english/replay.ts'

export const FRENCH_REPLAY: typeof ENGLISH_REPLAY = {
  ended: 'fin de bande',
  goingOn: time => `jusqu’à ${time}`,
  paused: 'en pause',
  speed: factor => `x${factor}`,
  pressed: {
    pause: 'BANDE en pause',
    resume: 'BANDE reprise',
    step: 'BANDE : une cotation',
    speed: factor => `BANDE x${factor}`,
    'go-on': time => `BANDE jusqu’à ${time}`,
    back: 'BANDE ramenée d’une minute',
  },
  hasEnded: 'FIN DE BANDE : plus de cours',
  kept: folder => `gardé dans ${folder} ; scalpdesk replay ${folder} --check le rejoue`,
}
