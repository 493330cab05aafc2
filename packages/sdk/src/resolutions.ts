/** How long a bar is. Source: IG Labs, REST API reference, "Prices", resolution. */
export const RESOLUTIONS = [
  'second',
  'minute',
  'minute-2',
  'minute-3',
  'minute-5',
  'minute-10',
  'minute-15',
  'minute-30',
  'hour',
  'hour-2',
  'hour-3',
  'hour-4',
  'day',
  'week',
  'month',
] as const

export type Resolution = (typeof RESOLUTIONS)[number]
