import { IgError } from '../errors.ts'

/** IG allows no further subscription. Nothing was subscribed; close one, or read several things from one. */
export class StreamLimitError extends IgError {
  readonly limit: number
  /** What takes the room, such as `PRICE CS.D.EURUSD.CFD.IP`. */
  readonly open: readonly string[]

  constructor(wanted: readonly string[], open: readonly string[], limit: number) {
    const text = `expected room for ${wanted.join(', ')}, but ${open.length} of ${limit} subscriptions are open; close one of ${open.join(', ')}`
    super('stream-limit', text)
    this.limit = limit
    this.open = open
  }
}
