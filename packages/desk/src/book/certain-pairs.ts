/** What may belong together. */
export interface Candidates<Part, Row> {
  readonly parts: readonly Part[]
  readonly rows: readonly Row[]
  fits(part: Part, row: Row): boolean
  /** It makes no difference which of the two is taken. */
  areAlike(one: Row, other: Row): boolean
}

export interface CertainPairs<Part, Row> {
  readonly pairs: readonly (readonly [Part, Row])[]
  /** What is settled by this: paired, or one of those that cannot be told apart. */
  readonly taken: { readonly parts: ReadonlySet<Part>; readonly rows: ReadonlySet<Row> }
  /** Among the rows that cannot be told apart are some of nobody here. */
  readonly isAnyoneElses: boolean
}

/** Pairs each part with its row where every way to give each part one says the same. */
export function certainPairs<Part, Row>(candidates: Candidates<Part, Row>): CertainPairs<Part, Row> {
  const pairs: (readonly [Part, Row])[] = []
  const taken = { parts: new Set<Part>(), rows: new Set<Row>() }
  let isAnyoneElses = false
  for (const group of groupsOf(candidates)) {
    const way = wayOf(group)
    const certain = [...(way ?? [])].filter(([part, row]) => !couldBeAnother(group, part, row, candidates))
    const isCertain = certain.length === group.parts.length
    pairs.push(...certain)
    for (const row of isCertain ? certain.map(([, its]) => its) : group.rows) taken.rows.add(row)
    for (const part of group.parts) taken.parts.add(part)
    isAnyoneElses ||= !isCertain && group.rows.length > group.parts.length
  }
  return { pairs, taken, isAnyoneElses }
}

/** Whether each part would still have a row if this one had one that is not like that. */
function couldBeAnother<Part, Row>(
  group: Group<Part, Row>,
  part: Part,
  row: Row,
  { areAlike }: Pick<Candidates<Part, Row>, 'areAlike'>,
): boolean {
  const others = group.rowsOf.get(part)?.filter(other => !areAlike(other, row)) ?? []
  return others.length > 0 && wayOf({ ...group, rowsOf: new Map(group.rowsOf).set(part, others) }) !== null
}

interface Group<Part, Row> {
  readonly parts: readonly Part[]
  readonly rows: readonly Row[]
  readonly rowsOf: ReadonlyMap<Part, readonly Row[]>
}

/** What hangs together by what fits; a part or a row that nothing fits is in none. */
function groupsOf<Part, Row>({ parts, rows, fits }: Candidates<Part, Row>): readonly Group<Part, Row>[] {
  const rowsOf = new Map(parts.map(part => [part, rows.filter(row => fits(part, row))]))
  const groups: Group<Part, Row>[] = []
  const seen = new Set<Part>()
  for (const first of parts) {
    if (seen.has(first) || rowsOf.get(first)?.length === 0) continue
    const together = new Set([first])
    const shared = new Set<Row>()
    for (const part of together) {
      for (const row of rowsOf.get(part) ?? []) shared.add(row)
      for (const other of parts) if (rowsOf.get(other)?.some(row => shared.has(row))) together.add(other)
    }
    for (const part of together) seen.add(part)
    groups.push({ parts: [...together], rows: [...shared], rowsOf })
  }
  return groups
}

/** A way to give each part a row of its own; null: there is none. */
function wayOf<Part, Row>({ parts, rowsOf }: Group<Part, Row>): ReadonlyMap<Part, Row> | null {
  const partOf = new Map<Row, Part>()

  /** Those that have a row already take another where they can. */
  function give(part: Part, tried: Set<Row>): boolean {
    for (const row of rowsOf.get(part) ?? []) {
      if (tried.has(row)) continue
      tried.add(row)
      const holder = partOf.get(row)
      if (holder !== undefined && !give(holder, tried)) continue
      partOf.set(row, part)
      return true
    }
    return false
  }

  if (!parts.every(part => give(part, new Set()))) return null
  return new Map([...partOf].map(([row, part]) => [part, row]))
}
