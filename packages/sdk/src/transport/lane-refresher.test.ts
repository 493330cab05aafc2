import { expect, it } from 'vitest'
import type { StreamStatus } from '../live-stream.ts'
import { laneRefresher } from './lane-refresher.ts'

const live: StreamStatus = { kind: 'live', continuity: 'new' }
const back: StreamStatus = { kind: 'live', continuity: 'preserved' }
const stalled: StreamStatus = { kind: 'stalled' }
const connecting = (code: 'lost' | 'loop'): StreamStatus => ({ kind: 'connecting', cause: { code, text: 'x' } })
const waiting = (code: 'lost' | 'loop'): StreamStatus => ({ kind: 'waiting', cause: { code, text: 'x' }, retryAtMs: 0 })
const closed = (code: 'asked' | 35): StreamStatus => ({ kind: 'closed', cause: { code, text: 'x' } })

it.each<readonly [string, readonly StreamStatus[], readonly string[]]>([
  ['has just been connected', [{ kind: 'connecting' }, live], ['hurry']],
  ['has gone silent', [live, stalled], ['hurry', 'doubt']],
  ['has gone silent and was given up', [live, stalled, connecting('lost'), waiting('lost')], ['hurry', 'doubt']],
  ['is lost and comes back', [live, connecting('lost'), back], ['hurry', 'doubt', 'hurry']],
  ['is lost and waits', [live, waiting('lost')], ['hurry', 'doubt']],
  ['is ended by the server', [live, closed(35)], ['hurry', 'doubt']],
  ['was asked to rebind', [live, connecting('loop'), back], ['hurry']],
  ['was asked to rebind, after a pause', [live, waiting('loop'), connecting('loop'), back], ['hurry']],
  ['cannot rebind', [live, connecting('loop'), waiting('lost')], ['hurry', 'doubt']],
  ['is closed by us', [live, closed('asked')], ['hurry']],
])('a stream that %s', (_title, statuses, expected) => {
  const asked: string[] = []
  const follow = laneRefresher({ doubt: () => asked.push('doubt'), hurry: () => asked.push('hurry') })
  for (const status of statuses) follow(status)
  expect(asked).toEqual(expected)
})
