import { array, strictObject as fields, type infer as Infer, nullable, optional, refine } from 'zod/mini'
import { guard, watchdogs } from './guard-schema.ts'
import { market } from './market-schema.ts'
import { keys, screen } from './screen-schema.ts'
import { named, oneOf, text, told, whole } from './setting-schemas.ts'
import { DURABILITIES, ENVIRONMENTS, MODES, SESSION_REPORTS, SETTINGS_VERSION } from './settings.ts'

/** The settings file: what stands where, in one table. The check, the JSON Schema, the README and the example come from it. */
export const FILE_SCHEMA = fields({
  $schema: optional(
    told(text('a text', /^/), 'Where editors find `settings.schema.json`; the program does not read it.', {
      example: '"./settings.schema.json"',
    }),
  ),
  version: optional(
    told(whole(SETTINGS_VERSION, SETTINGS_VERSION), "The file's form. An older one is migrated, a newer one refused.", {
      example: String(SETTINGS_VERSION),
    }),
  ),
  environment: optional(told(oneOf(ENVIRONMENTS), 'Which broker unless `--env` says.', { example: '"demo"' })),
  account: optional(
    told(
      nullable(text('an account id such as ABC12', /^[A-Za-z0-9-]{1,30}$/)),
      'Which account; `null`: the one that the broker signs in to.',
      {
        example: '"ABC12"',
      },
    ),
  ),
  mode: optional(
    told(oneOf(MODES), '`net`: the opposite key reduces first. `hedge`: it opens the other side.', {
      example: '"net"',
    }),
  ),
  timeZone: optional(
    told(
      nullable(named('a time zone such as Europe/London', zoneName)),
      "In which the day begins and hours are read; `null`: the broker's.",
      {
        example: '"Europe/London"',
      },
    ),
  ),
  markets: optional(
    told(
      array(market).check(
        refine(markets => new Set(markets.map(({ epic }) => epic)).size === markets.length, 'each market once'),
      ),
      'The markets of the desk. The first one is shown at the start; none: EUR/USD with its usual preset.',
    ),
  ),
  guard: optional(told(guard, 'What is refused before it leaves. Exits always pass.')),
  watchdogs: optional(told(watchdogs, 'What is watched and said.')),
  keys: optional(told(keys, 'The keys of the trading screen.')),
  screen: optional(told(screen, 'How the screen looks at first.')),
  journal: optional(
    told(
      fields({
        durability: optional(
          told(
            oneOf(DURABILITIES),
            'What the record of an order has to survive before the order leaves: `written` a crash of the program, `flushed` a power cut.',
            { example: '"flushed"' },
          ),
        ),
      }),
      'The record of what was done.',
    ),
  ),
  reports: optional(
    told(
      fields({
        atSessionEnd: optional(
          told(
            oneOf(SESSION_REPORTS),
            'The report of the day that is written by itself, into `reports` beside this file, when a session of screen or guard ends.',
            { example: '"html"' },
          ),
        ),
        withinMs: optional(
          told(whole(1_000, 120_000), 'The longest that the end waits for it.', { unit: 'ms', example: '5000' }),
        ),
      }),
      'What `scalpdesk report` makes.',
    ),
  ),
})

/** What stands in a file that has no problem. */
export type SettingsFile = Infer<typeof FILE_SCHEMA>

function zoneName(written: string): string | null {
  // Offsets such as +01:00 are zones to Intl, but know nothing of summer time.
  if (!/^[A-Za-z][\w+/-]{0,59}$/.test(written)) return null
  try {
    new Intl.DateTimeFormat('en', { timeZone: written })
    return written
  } catch {
    return null
  }
}
