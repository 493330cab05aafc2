/** Splits at the first commas; the last part keeps the rest, commas included. Source: TLCP specification, "General format of responses". */
export function splitArguments(text: string, parts: number): readonly string[] {
  const result: string[] = []
  let start = 0
  while (result.length < parts - 1) {
    const comma = text.indexOf(',', start)
    if (comma === -1) break
    result.push(text.slice(start, comma))
    start = comma + 1
  }
  result.push(text.slice(start))
  return result
}

export function readWhole(text: string | undefined): number | null {
  return text !== undefined && /^-?\d{1,15}$/.test(text) ? Number(text) : null
}

/** A frequency or bandwidth: a plain decimal. */
export function readRate(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,12}(?:\.\d{1,12})?$/.test(text) ? Number(text) : null
}

/** Percent-decodes a text argument; an invalid sequence leaves it as it came, because a text must not cost the session. */
export function decodeText(text: string): string {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
