/** Words that are no tag or no note. Its message is a sentence for people. */
export class RemarkError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'RemarkError'
  }
}

/** Characters. Our choices: a tag is a heading in tables, a note a paragraph. */
const LONGEST_TAG = 40
const LONGEST_NOTE = 2_000

/**
 * A tag as it is kept: in small letters, so that `FOMO` and `fomo` are counted together, and with one blank between words. Our choice: it begins
 * with a letter or a digit and has no comma or semicolon, which part tags where they are typed and in CSV.
 * @throws RemarkError
 */
export function tagOf(text: string): string {
  const tag = text.normalize('NFC').trim().replace(/ +/g, ' ').toLowerCase()
  if (tag === '')
    throw new RemarkError('expected a tag such as fomo, but it is empty; name one, or several parted by commas')
  refuseUnseen('a tag', tag)
  const length = [...tag].length
  if (length > LONGEST_TAG)
    throw new RemarkError(
      `expected a tag of at most ${LONGEST_TAG} characters, but it has ${length}; say it shorter, or write a note`,
    )
  if (!/^[\p{L}\p{N}][\p{L}\p{M}\p{N}\p{S}\p{Zs} _.+#&/:!?%()'’-]*$/u.test(tag))
    throw new RemarkError(
      `expected a tag that begins with a letter or a digit and holds no comma, semicolon or quote, but got ${JSON.stringify(tag)}; name it so, or write a note`,
    )
  return tag
}

/** A note as it is kept: one line, without blanks around it. @throws RemarkError */
export function noteOf(text: string): string {
  const note = text.normalize('NFC').trim()
  if (note === '') throw new RemarkError('expected a note, but it is empty; say it in words')
  refuseUnseen('a note', note)
  const length = [...note].length
  if (length > LONGEST_NOTE)
    throw new RemarkError(
      `expected a note of at most ${LONGEST_NOTE} characters, but it has ${length}; make two notes of it`,
    )
  return note
}

/**
 * Control characters, breaks, halves of surrogates, what stands for bytes that were no text, and marks that hide text or turn its direction.
 * @see Unicode Technical Report 36, section 2.5 "Bidirectional Text Spoofing"
 */
const UNSEEN = /[\p{Cc}\p{Cs}\p{Co}\p{Cn}\u2028\u2029\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffd]/u

function refuseUnseen(what: string, text: string): void {
  const found = UNSEEN.exec(text)?.[0]
  if (found === undefined) return
  const code = (found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  throw new RemarkError(
    `expected ${what} of characters that can be seen, on one line, but U+${code} is in it; leave that out`,
  )
}
