import type { StreamStatus } from '../live-stream.ts'
import type { Transport } from './transport.ts'

/**
 * Listens to the stream for the lane, because idle connections do not tell that the network under them is gone: what takes
 * the stream down may have taken them with it.
 */
export function laneRefresher(lane: Pick<Transport, 'doubt' | 'hurry'>): (status: StreamStatus) => void {
  let isUp = false
  return status => {
    if (status.kind === 'live') {
      if (!isUp) lane.hurry()
      isUp = true
      return
    }
    if (!isUp || isPlanned(status)) return
    isUp = false
    lane.doubt()
  }
}

/** The server asked for another connection, or we closed the stream: the network is as good as before. */
function isPlanned(status: StreamStatus): boolean {
  return 'cause' in status && (status.cause.code === 'loop' || status.cause.code === 'asked')
}
