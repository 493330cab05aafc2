import { array, strictObject as fields, nullable, optional, union, type ZodMiniOptional } from 'zod/mini'
import { oneOf, TOLD, text, told, whole, yesOrNo } from './setting-schemas.ts'
import { BELL_OUTCOMES, KEY_CONTEXTS, KEY_PROFILES, LANGUAGES, LAYOUTS, THEMES, TIME_FRAMES } from './settings.ts'

const ownKey = fields({
  chord: told(text('a key such as f5 or ctrl+k', /^[^\s\p{Cc}]{1,40}$/u), 'The key, as the key table names it.', {
    example: '"f5"',
  }),
  action: told(
    nullable(text('an action such as flatten', /^[a-z][a-z0-9-]{0,39}$/)),
    'What it does, as the key table names it; `null` takes its action away.',
    { example: '"close-half"' },
  ),
  context: optional(told(oneOf(KEY_CONTEXTS), 'Where it does so.', { usual: '"trading"', example: '"trading"' })),
  fires: optional(
    told(oneOf(['press', 'tap']), 'When a bare modifier key acts: on `press`, a chord such as Ctrl+C acts, too.', {
      usual: '"tap" for those, "press" for others',
      example: '"tap"',
    }),
  ),
})

/** The keys of the trading screen. */
export const keys = fields({
  profile: optional(told(oneOf(KEY_PROFILES), 'Which keys there are at first.', { example: '"arrows"' })),
  own: optional(told(array(ownKey), 'Keys of your own, over those of the profile.')),
  allowsChordTrades: optional(
    told(yesOrNo(), 'Lets a bare Ctrl key act when it is pressed: then Ctrl+C trades.', { example: 'false' }),
  ),
  disarmOnFocusLoss: optional(
    told(yesOrNo(), 'Disarms entries when another window takes the keyboard.', { example: 'true' }),
  ),
})

const bell = () =>
  union([
    oneOf(['off', 'bell']),
    fields({
      file: told(text('the path of a sound file', /^[^\p{Cc}]{1,1000}$/u), 'A sound file to play.', {
        example: '"/home/me/filled.wav"',
      }),
    }),
  ]).register(TOLD, { expected: 'off, bell or {"file": "…"}' })

/** How the screen looks and sounds. */
export const screen = fields({
  theme: optional(
    told(oneOf(THEMES), 'Colours; sides and states are always told by words and signs, too.', { example: '"light"' }),
  ),
  language: optional(told(oneOf(LANGUAGES), 'Of the screen.', { example: '"fr"' })),
  layout: optional(
    told(oneOf(LAYOUTS), 'Which panes are shown; `auto`: as many as there is room for.', { example: '"ladder"' }),
  ),
  timeFrame: optional(told(oneOf(TIME_FRAMES), 'Of the chart.', { example: '"1m"' })),
  linear: optional(told(yesOrNo(), 'Tells events as lines, for a screen reader.', { example: 'true' })),
  linearPrice: optional(
    told(
      nullable(
        fields({
          points: optional(
            told(nullable(whole(1, 100_000)), 'After so many points of the bid.', {
              usual: 'null',
              unit: 'points',
              example: '5',
            }),
          ),
          seconds: optional(
            told(nullable(whole(1, 3_600)), 'After so many seconds, where it changed.', {
              usual: 'null',
              unit: 's',
              example: '30',
            }),
          ),
        }),
      ),
      'When the price is said among the lines by itself; `null`: never.',
    ),
  ),
  reducedMotion: optional(told(yesOrNo(), 'Nothing flashes or moves that does not have to.', { example: 'true' })),
  bell: optional(
    told(
      fields(
        Object.fromEntries(
          BELL_OUTCOMES.map(outcome => [
            outcome,
            optional(
              told(bell(), `The sound when an order is ${outcome}: none, the terminal's bell, or a file.`, {
                example: '"bell"',
              }),
            ),
          ]),
        ) as Record<(typeof BELL_OUTCOMES)[number], ZodMiniOptional<ReturnType<typeof bell>>>,
      ),
      'Sounds for outcomes.',
    ),
  ),
})
