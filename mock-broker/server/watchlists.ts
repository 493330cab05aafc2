import { markets } from '../engine/index.ts'

/** A named list of markets: the user's own, or the system's. */
export interface Watchlist {
  readonly id: string
  readonly name: string
  readonly isSystem: boolean
  readonly epics: readonly string[]
}

/** The lists of every user (IG Labs, REST API reference, "Watchlists"). */
export interface Watchlists {
  of(username: string): readonly Watchlist[]
  find(username: string, id: string): Watchlist | undefined
  /** @returns null when there is a list of this name. */
  create(username: string, name: string, epics: readonly string[]): Watchlist | null
  replace(username: string, watchlist: Watchlist): void
  remove(username: string, id: string): void
}

export function watchlists(): Watchlists {
  const own = new Map<string, Map<string, Watchlist>>()
  let nextId = FIRST_ID
  const ownOf = (username: string): Map<string, Watchlist> => {
    const lists = own.get(username) ?? new Map<string, Watchlist>()
    own.set(username, lists)
    return lists
  }
  const of = (username: string): readonly Watchlist[] => [...ownOf(username).values(), ...systemLists]
  return {
    of,
    find: (username, id) => of(username).find(list => list.id === id),
    create(username, name, epics) {
      if (of(username).some(list => list.name === name)) return null
      const created: Watchlist = { id: String(nextId++), name, isSystem: false, epics }
      ownOf(username).set(created.id, created)
      return created
    },
    replace: (username, watchlist) => void ownOf(username).set(watchlist.id, watchlist),
    remove: (username, id) => void ownOf(username).delete(id),
  }
}

/** System lists have a name for an id, with its space. */
const systemLists: readonly Watchlist[] = [
  {
    id: 'Popular Markets',
    name: 'Popular Markets',
    isSystem: true,
    epics: [
      'CS.D.EURUSD.CFD.IP',
      'IX.D.DAX.IFD.IP',
      'IX.D.NASDAQ.IFD.IP',
      'CS.D.CFDGOLD.CFDGC.IP',
      'CS.D.BITCOIN.CFD.IP',
    ],
  },
  {
    id: 'Major FX',
    name: 'Major FX',
    isSystem: true,
    epics: markets.filter(({ category, expiry }) => category === 'FOREX' && expiry === '-').map(({ epic }) => epic),
  },
]
const FIRST_ID = 5_222_222
