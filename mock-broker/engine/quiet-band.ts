/**
 * Prices and times of one market between which a quote sets nothing off: no leg, no trailing step, no working order, no date, no margin
 * call. Inside of it a quote becomes the last one, and nothing else has to be looked at. Both ends belong to it but `untilMs`.
 * Narrower than it could be costs a look; it is never wider.
 */
export interface QuietBand {
  bidFrom: number
  bidTo: number
  offerFrom: number
  offerTo: number
  fromMs: number
  untilMs: number
  /** Looks in vain for a band, of which each costs as much as some quotes: so many quotes are passed before the next. */
  rest: number
}

/** Holds nothing until it is {@link openBand opened}. */
export function closedBand(): QuietBand {
  return {
    bidFrom: Number.POSITIVE_INFINITY,
    bidTo: Number.NEGATIVE_INFINITY,
    offerFrom: Number.NEGATIVE_INFINITY,
    offerTo: Number.POSITIVE_INFINITY,
    fromMs: Number.NEGATIVE_INFINITY,
    untilMs: Number.POSITIVE_INFINITY,
    rest: 0,
  }
}

/** After anything but a quote that set nothing off. */
export function closeBand(band: QuietBand): void {
  band.bidFrom = Number.POSITIVE_INFINITY
  band.rest = 0
}
