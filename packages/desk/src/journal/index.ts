export { carriedMemory } from './carried-memory.ts'
export {
  type ChainedRecord,
  type ChainHead,
  chainedLine,
  type Digest,
  GENESIS,
  type PlainRecord,
  readLine,
} from './chain.ts'
export {
  type DayMemory,
  type Memory,
  type OpenQuestion,
  type OwnDeal,
  type RealisedResult,
  type Remembered,
  type Rememberer,
  rememberer,
} from './memory.ts'
export {
  type Announcement,
  announces,
  bindsTheDay,
  type GuardFact,
  isAnnouncement,
  type JournalPort,
  type JournalRecord,
  RECORD_VERSION,
  type RecordKind,
  type RecordOf,
  readRecord,
  recordKinds,
} from './record.ts'
export { entriesOf, type JournalEntry, type Recovered, recover, recoverLines } from './recovery.ts'
export { type RepairedLines, repair, type Tail, tailOf } from './repair.ts'
export { type ChainFault, type ReadChain, readChain, type Verdict, verify } from './verify.ts'
