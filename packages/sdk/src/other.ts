/** A value that IG added after this version was written, kept as it came. */
export interface Other {
  readonly other: string
}
