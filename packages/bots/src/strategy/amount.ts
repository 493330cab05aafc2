import type { Decimal } from '@scalpdesk/sdk'

/** A size, a level or a distance. A number counts as the shortest text it prints as, so that 0.1 is a tenth exactly. */
export type Amount = number | string | Decimal
