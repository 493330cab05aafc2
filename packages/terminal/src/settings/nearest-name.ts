/** Which of the names somebody may have meant: case aside, a third of its letters wrong, and three at most. `null`: none. */
export function nearestName(written: string, names: readonly string[]): string | null {
  const short = written.slice(0, LONGEST).toLowerCase()
  const near = names
    .map(name => ({ name, far: editDistance(short, name.toLowerCase()) }))
    .filter(({ name, far }) => far <= Math.min(3, Math.floor(name.length / 3)))
    .sort((a, b) => a.far - b.far)
  return near[0]?.name ?? null
}

/** `; did you mean "stop"?`, or what else to do. */
export function advice(written: string, names: readonly string[], otherwise: string): string {
  const near = nearestName(written, names)
  return near === null ? otherwise : `did you mean ${JSON.stringify(near)}?`
}

/** No name of ours is longer. */
const LONGEST = 40

/** Letters to add, take away, replace, or swap with the next one (optimal string alignment). */
function editDistance(one: string, other: string): number {
  let before: number[] = []
  let last = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (let i = 1; i <= one.length; i++) {
    const row = [i]
    for (let j = 1; j <= other.length; j++) {
      const isSame = one[i - 1] === other[j - 1]
      const steps = [(last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (isSame ? 0 : 1)]
      const isSwapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]
      if (isSwapped) steps.push((before[j - 2] ?? 0) + 1)
      row.push(Math.min(...steps))
    }
    before = last
    last = row
  }
  return last[other.length] ?? 0
}
