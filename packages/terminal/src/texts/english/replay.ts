/** What a replay says of its tape, in the header, as lines and after it. Times and parts come in as final texts. */
export const ENGLISH_REPLAY = {
  ended: 'tape ended',
  goingOn: (time: string) => `to ${time}`,
  paused: 'paused',
  speed: (factor: number) => `x${factor}`,
  /** What a key did to the tape, where there is no header to show it. */
  pressed: {
    pause: 'TAPE paused',
    resume: 'TAPE goes on',
    step: 'TAPE: one tick',
    speed: (factor: number) => `TAPE x${factor}`,
    'go-on': (time: string) => `TAPE goes on to ${time}`,
    back: 'TAPE goes back by a minute',
  },
  hasEnded: 'TAPE ENDED: no more prices',
  kept: (folder: string) => `kept in ${folder}; scalpdesk replay ${folder} --check runs it again`,
}
