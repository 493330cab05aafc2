import { describe, expect, it } from 'vitest'
import type { RowStream } from './row-stream.ts'
import type { SubscriptionSpec } from './subscription.ts'
import { connect, PRICES, start, untilNextDial } from './testing/scripted-client.ts'

const EVENTS: SubscriptionSpec = { mode: 'DISTINCT', items: ['E'], fields: ['n'], isSnapshotWanted: true }
const TABLE: SubscriptionSpec = {
  mode: 'COMMAND',
  items: ['T'],
  fields: ['key', 'command', 'n'],
  isSnapshotWanted: true,
}

/** A stream, and what it has for its reader now. */
async function open(spec: SubscriptionSpec, queue?: number) {
  const started = start()
  const stream = started.client.rows(spec, queue === undefined ? {} : { queue })
  await connect(started)
  const subscribed = spec.mode === 'COMMAND' ? 'SUBCMD,1,1,3,1,2' : `SUBOK,1,${spec.items.length},${spec.fields.length}`
  started.socket().say(subscribed)
  expect(await read(stream, 1)).toEqual(['active'])
  return { started, stream, say: (...lines: string[]) => started.socket().say(...lines) }
}

async function read(stream: RowStream, count: number): Promise<readonly string[]> {
  const told: string[] = []
  for (let left = count; left > 0; left--) {
    const { value, done } = await stream.next()
    if (done) return [...told, 'over']
    switch (value.kind) {
      case 'row': {
        const { row, merged } = value
        const values = [0, 1, 2].map(field => `${row.isChanged(field) ? '' : '='}${row.value(field)}`)
        const fields = values.slice(0, row.item === 'E' ? 1 : 3).join(' ')
        told.push(`${row.item}${merged > 1 ? ` x${merged}` : ''}${row.isSnapshot ? ' snapshot' : ''} ${fields}`)
        break
      }
      case 'lost':
        told.push(`lost ${value.count} by ${value.by}`)
        break
      default:
        told.push(value.kind)
    }
  }
  return told
}

describe('MERGE', () => {
  const BOTH: SubscriptionSpec = { ...PRICES, items: ['ONE', 'TWO'] }

  it('gives each row to a reader who waits', async () => {
    const { stream, say } = await open(PRICES)
    const waiting = read(stream, 2)
    say('U,1,1,1|2|3')
    await Promise.resolve()
    await new Promise(resolve => setImmediate(resolve))
    say('U,1,1,4||')
    expect(await waiting).toEqual(['MARKET:ONE snapshot 1 2 3', 'MARKET:ONE 4 =2 =3'])
    expect(stream.conflated).toBe(0)
  })

  it('merges rows of an item that nobody has time for: newest wins, every change is kept, and they are counted', async () => {
    const { stream, say } = await open(BOTH)
    say('U,1,1,1|2|3', 'U,1,2,a|b|c')
    expect(await read(stream, 2)).toEqual(['ONE snapshot 1 2 3', 'TWO snapshot a b c'])
    say('U,1,1,4||', 'U,1,2,|B|', 'U,1,1,|5|', 'U,1,1,6||')
    expect(await read(stream, 2)).toEqual(['ONE x3 6 5 =3', 'TWO =a B =c'])
    expect(stream.conflated).toBe(2)
  })

  it('holds one row for each item, however many come', async () => {
    const { stream, say } = await open(BOTH)
    for (let count = 0; count < 10_000; count++) say(`U,1,1,${count}|0|0`, `U,1,2,${count}|0|0`)
    expect(await read(stream, 2)).toEqual(['ONE x10000 9999 0 0', 'TWO x10000 9999 0 0'])
    expect(stream.dropped).toBe(0)
  })

  it('never shows values that a row which cannot be read has touched', async () => {
    const { stream, say } = await open(PRICES)
    say('U,1,1,1|2|3', 'U,1,1,99|%zz|')
    expect(await read(stream, 2)).toEqual(['inactive', 'lost null by bad-row'])
  })

  it('shows what came before the session was gone, then that it is gone', async () => {
    const { started, stream, say } = await open(PRICES)
    say('U,1,1,1|2|3', 'END,48,x')
    untilNextDial(started)
    await connect(started, 'S2')
    say('SUBOK,1,1,3', 'U,1,1,7|8|9')
    expect(await read(stream, 4)).toEqual([
      'MARKET:ONE snapshot 1 2 3',
      'inactive',
      'active',
      'MARKET:ONE snapshot 7 8 9',
    ])
  })
})

describe('DISTINCT', () => {
  it('queues rows, drops the oldest when the queue is full, and says how many', async () => {
    const { stream, say } = await open(EVENTS, 3)
    say('U,1,1,1', 'EOS,1,1', 'U,1,1,2', 'U,1,1,3', 'U,1,1,4', 'U,1,1,5')
    expect(await read(stream, 4)).toEqual(['lost 2 by slow-reader', 'E 3', 'E 4', 'E 5'])
    expect(stream.dropped).toBe(2)
    say('U,1,1,6')
    expect(await read(stream, 1)).toEqual(['E 6'])
  })

  it('tells what the server dropped, where it did', async () => {
    const { stream, say } = await open(EVENTS)
    say('U,1,1,1', 'EOS,1,1', 'OV,1,1,7', 'U,1,1,9', 'CS,1,1')
    expect(await read(stream, 5)).toEqual(['E snapshot 1', 'snapshot-ended', 'lost 7 by server', 'E 9', 'cleared'])
  })

  it('stays bounded through a million rows and reconnects that nobody reads of', async () => {
    const { stream, say } = await open(EVENTS, 10)
    for (let count = 0; count < 100_000; count++) say(`U,1,1,${count}`, `U,1,1,${count}`)
    expect(stream.dropped).toBe(199_990)
    expect(await read(stream, 2)).toEqual(['lost 199990 by slow-reader', 'E snapshot 99995'])
  })
})

describe('COMMAND', () => {
  it('merges by key: what came and went is not told, what went and came back is an update', async () => {
    const { stream, say } = await open(TABLE)
    say('U,1,1,A|ADD|1', 'U,1,1,B|ADD|2')
    expect(await read(stream, 2)).toEqual(['T snapshot A ADD 1', 'T snapshot B ADD 2'])
    say(
      'U,1,1,C|ADD|3',
      'U,1,1,C|DELETE|#',
      'U,1,1,A|DELETE|#',
      'U,1,1,A|ADD|9',
      'U,1,1,B|UPDATE|5',
      'U,1,1,B|DELETE|#',
    )
    say('U,1,1,D|ADD|7', 'U,1,1,D|UPDATE|8')
    expect((await read(stream, 3)).map(each => each.replaceAll('=', '').replace('snapshot ', ''))).toEqual([
      'T x2 A ADD 9',
      'T x2 B DELETE null',
      'T x2 D UPDATE 8',
    ])
  })
})

describe('the end', () => {
  it('of the loop closes the subscription', async () => {
    const { started, stream, say } = await open(PRICES)
    say('U,1,1,1|2|3')
    for await (const event of stream) if (event.kind === 'row') break
    expect(started.socket().parameter('control', 'LS_op')).toEqual(['add', 'delete'])
    expect(await stream.next()).toEqual({ done: true, value: undefined })
  })

  it('is the end: rows that had come are not given any more', async () => {
    const { stream, say } = await open(PRICES)
    say('U,1,1,1|2|3')
    stream.close()
    expect(await read(stream, 1)).toEqual(['over'])
  })

  it('comes after a refusal, and after the client has closed: no reader waits for ever', async () => {
    const started = start()
    const refused = started.client.rows(PRICES)
    const closed = started.client.rows(PRICES)
    await connect(started)
    const waiting = read(closed, 2)
    started.socket().say('REQERR,1,-1,no', 'SUBOK,2,1,3')
    expect(await read(refused, 2)).toEqual(['refused', 'over'])
    void started.client.close()
    expect(await waiting).toEqual(['active', 'over'])
  })

  it('a queue that is none throws', () => {
    const { client } = start()
    expect(() => client.rows(PRICES, { queue: 0 })).toThrow(RangeError)
  })
})
