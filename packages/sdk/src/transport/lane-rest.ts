import type { LaneConnection } from './lane-connection.ts'

/**
 * Where a connection lies after its answer, until the system was asked once more what came in: a server that closes it right
 * behind the answer is heard of only then. The spare ones are there for the meantime.
 */
export class LaneRest {
  readonly #rise: (connection: LaneConnection) => void
  #laid: LaneConnection[] = []
  #turned: LaneConnection[] = []
  #isTurning = false
  // Runs once in each turn of the event loop, behind the reading of sockets.
  readonly #turn = (): void => {
    const risen = this.#turned
    this.#turned = this.#laid
    this.#laid = risen
    this.#isTurning = this.#turned.length > 0
    if (this.#isTurning) setImmediate(this.#turn)
    // The first laid down rises first, and is used last.
    risen.reverse()
    for (let next = risen.pop(); next !== undefined; next = risen.pop()) this.#rise(next)
  }

  constructor(rise: (connection: LaneConnection) => void) {
    this.#rise = rise
  }

  lay(connection: LaneConnection): void {
    this.#laid.push(connection)
    if (this.#isTurning) return
    this.#isTurning = true
    setImmediate(this.#turn)
  }
}
