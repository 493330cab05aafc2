/** Somebody else writes in a folder that takes one writer at a time. */
export class HeldFolderError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'HeldFolderError'
  }
}
