/** Text from files, flags or the broker, made harmless for a terminal: control characters are shown, not obeyed. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, char => `\\u{${char.codePointAt(0)?.toString(16)}}`)
}

/**
 * A document as one line of JSON that a terminal shows and does not obey: what {@link printable} shows is written as JSON's own escapes, so that
 * who reads the JSON gets every character as it was.
 */
export function printableJson(document: unknown): string {
  return JSON.stringify(document).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, character =>
    Array.from({ length: character.length }, (_, at) => escaped(character.charCodeAt(at))).join(''),
  )
}

const escaped = (unit: number): string => `\\u${unit.toString(16).padStart(4, '0')}`
