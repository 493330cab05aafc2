import type { Row } from '@scalpdesk/tlcp'
import type { HeartbeatField, HeartbeatItem } from '@scalpdesk/wire'
import type { Heartbeat } from '../heartbeat.ts'
import type { StreamGap } from '../stream-gap.ts'
import type { FeedOut, ItemReader, StreamItem } from './feed.ts'

/** Source: IG's sample clients, which prove with it that data flows. */
const ITEM: HeartbeatItem = 'TRADE:HB.U.HEARTBEAT.IP'
const HEARTBEAT_FIELDS = ['HEARTBEAT'] as const satisfies HeartbeatField[]

export const HEARTBEAT_ITEM: StreamItem<Heartbeat> = {
  key: ITEM,
  name: 'HEARTBEAT',
  spec: () => ({ mode: 'MERGE', items: [ITEM], fields: HEARTBEAT_FIELDS, isSnapshotWanted: true }),
  reader: out => new HeartbeatReader(out),
}

class HeartbeatReader implements ItemReader<Heartbeat> {
  readonly #out: FeedOut<Heartbeat>
  #last: Heartbeat | null = null
  readonly #make = (): Heartbeat => this.#last ?? none(null, 0)

  constructor(out: FeedOut<Heartbeat>) {
    this.#out = out
  }

  update(row: Row): void {
    const { receivedAtMs, isSnapshot } = row
    this.#tell({ brokerTimeMs: row.units(0, 0), receivedAtMs, isSnapshot, gap: null })
  }

  gap(gap: StreamGap): void {
    this.#tell(none(gap, this.#out.nowMs()))
  }

  present(): Heartbeat | null {
    return this.#last === null ? null : { ...this.#last, isSnapshot: true }
  }

  #tell(beat: Heartbeat): void {
    this.#last = beat
    this.#out.state(this, this.#make)
  }
}

function none(gap: StreamGap | null, receivedAtMs: number): Heartbeat {
  return { brokerTimeMs: null, receivedAtMs, isSnapshot: false, gap }
}
