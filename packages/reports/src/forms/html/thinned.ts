export interface Point {
  readonly x: number
  readonly y: number
}

/** A chart that is 600 pixels wide shows no more than this. Our choice. */
const MOST_POINTS = 600

/**
 * At most about `most` points that look the same when drawn: of each of their slices the first, lowest, highest and last stay, so that no peak
 * is lost. Points come in the order of x.
 */
export function thinned(points: readonly Point[], most = MOST_POINTS): readonly Point[] {
  if (points.length <= most) return points
  const slices = Math.max(1, Math.floor(most / 4))
  const kept: Point[] = []
  for (let slice = 0; slice < slices; slice += 1) {
    const from = Math.floor((slice * points.length) / slices)
    const to = Math.floor(((slice + 1) * points.length) / slices)
    kept.push(...corners(points, from, to))
  }
  return kept
}

function corners(points: readonly Point[], from: number, to: number): readonly Point[] {
  let low = from
  let high = from
  for (let at = from; at < to; at += 1) {
    if (points[at]!.y < points[low]!.y) low = at
    if (points[at]!.y > points[high]!.y) high = at
  }
  return [...new Set([from, low, high, to - 1])].sort((one, other) => one - other).map(at => points[at]!)
}
