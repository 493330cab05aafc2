/**
 * Words of others on one line: what steers a terminal, hides or turns the direction of the text shows as a replacement character, breaks and
 * tabs as a space. Each form escapes the result in its own way.
 */
export function plainWords(words: string): string {
  return visible(words.replace(/[\t\n\r\u2028\u2029\u0085]+/g, ' '))
}

/** The same with the breaks and tabs left in, for forms whose cells may hold several lines. */
export function plainLines(words: string): string {
  return visible(words)
}

/**
 * Control characters, surrogates without their other half, the marks that turn or hide text, and code points that XML does not allow.
 * @see Unicode Technical Report 36, section 2.5 "Bidirectional Text Spoofing"; XML 1.0, section 2.2 "Characters"
 */
const UNSEEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\p{Cs}]/gu

function visible(words: string): string {
  return words.replace(UNSEEN, '\ufffd')
}
