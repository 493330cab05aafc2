import type { DayMemory } from '../guard/memory/day-memory.ts'
import { readFact } from '../guard/memory/fact-text.ts'
import { NOTHING_REMEMBERED, remember } from '../guard/memory/remember.ts'
import { carriedMemory } from '../journal/carried-memory.ts'
import type { GuardFact, JournalRecord } from '../journal/record.ts'

/**
 * Tells of each record, in their order, whether the account's next day began before it: by the time that the broker told,
 * which comes with each fact of the guard, or by the day that was opened. A day that only the machine's clock had named goes
 * on under the broker's name for it.
 */
export function dayTurns(): (record: JournalRecord) => boolean {
  let memory = NOTHING_REMEMBERED
  let name: string | null = null

  /** @returns whether it is another day */
  function named(told: string, by: Named | undefined): boolean {
    const isNext = name !== null && told > name && by !== 'wall'
    if (name === null || told > name || by === 'wall') name = told
    return isNext
  }

  function hear(fact: GuardFact): boolean {
    const before = memory.day
    memory = afterFact(memory, fact)
    return memory.day !== null && memory.day.name !== before?.name && named(memory.day.name, before?.by)
  }

  return record => {
    if (record.kind === 'guard') return hear(record.fact)
    if (record.kind === 'day-opened') return named(record.day, memory.day?.by)
    if (record.kind !== 'file-opened' || name !== null || !carriedMemory.accepts(record.carried)) return false
    const { guardFacts, day } = record.carried.day
    for (const { fact } of guardFacts) memory = afterFact(memory, fact)
    name = day
    return false
  }
}

type Named = NonNullable<DayMemory['day']>['by']

/** Nothing of it but the time matters here. */
function afterFact(memory: DayMemory, told: GuardFact): DayMemory {
  const fact = factOrNull(told)
  if (!fact) return memory
  const { atMs, brokerMs } = fact
  return remember(memory, fact.kind === 'started' ? fact : { kind: 'time', atMs, brokerMs })
}

/** What cannot be read is told where the guard takes its facts over. */
export function factOrNull(told: GuardFact) {
  try {
    return readFact(told)
  } catch {
    return null
  }
}
