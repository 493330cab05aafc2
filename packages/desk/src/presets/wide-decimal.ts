import { Decimal } from '@scalpdesk/sdk'

/** More digits than any sizes, levels and rates have together (our choice): products are exact, quotients cut off, never up. */
export const Wide = Decimal.clone({ precision: 400, rounding: Decimal.ROUND_DOWN })
