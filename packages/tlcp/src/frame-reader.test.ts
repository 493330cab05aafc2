import fc from 'fast-check'
import { expect, it } from 'vitest'
import { FrameReader } from './frame-reader.ts'

// Frames: RFC 6455, section 5.2.

const MAX = 100_000

function frame(opcode: number, body: Uint8Array, first = 0x80 | opcode, mask = 0): Buffer {
  const { length } = body
  const long = Buffer.alloc(8)
  long.writeBigUInt64BE(BigInt(length))
  const size =
    length < 126 ? [length | mask] : length < 65_536 ? [126 | mask, ...long.subarray(6)] : [127 | mask, ...long]
  return Buffer.concat([Buffer.from([first, ...size]), body])
}

/** What is told of bytes that come in these pieces. */
function read(bytes: Buffer, cuts: readonly number[]) {
  const reader = new FrameReader(MAX)
  const data: Uint8Array[] = []
  const handedOn: Uint8Array[] = []
  const log: string[] = []
  const events = {
    data: (chunk: Uint8Array, from: number, to: number) => {
      data.push(chunk.slice(from, to))
      if (log.at(-1) !== 'data') log.push('data')
    },
    control: (whole: Uint8Array) => {
      handedOn.push(whole.slice())
      log.push(`control ${whole[0]}`)
    },
    other: (rest: Uint8Array) => {
      handedOn.push(rest.slice())
      if (log.at(-1) !== 'other') log.push('other')
    },
  }
  let from = 0
  for (const cut of [...new Set(cuts)].filter(each => each < bytes.length).sort((a, b) => a - b)) {
    reader.push(bytes.subarray(from, cut), events)
    from = cut
  }
  reader.push(bytes.subarray(from), events)
  return { data: Buffer.concat(data).toString(), handedOn: Buffer.concat(handedOn), log }
}

const text = (length: number, fill = 'x') => Buffer.alloc(length, fill)

it('finds every message, of every length, wherever the pieces end', () => {
  const lengths = fc.array(fc.oneof(fc.nat(20), fc.constantFrom(0, 125, 126, 127, 65_535, 65_536)), { maxLength: 8 })
  const runs = fc.record({ lengths, cuts: fc.array(fc.nat(140_000), { maxLength: 12 }) })
  fc.assert(
    fc.property(runs, ({ lengths: sizes, cuts }) => {
      const bodies = sizes.map((size, index) => text(size, String(index)))
      const bytes = Buffer.concat(bodies.map((body, index) => frame(index % 2 === 0 ? 1 : 2, body)))
      const { data, handedOn } = read(bytes, cuts)
      expect(data).toBe(Buffer.concat(bodies).toString())
      expect(handedOn).toHaveLength(0)
    }),
  )
})

it('hands control frames on, whole and in their place', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(40), { maxLength: 6 }), cuts => {
      const ping = frame(9, text(5))
      const pong = frame(10, text(0))
      const bytes = Buffer.concat([frame(1, text(3)), ping, frame(1, text(3)), pong, frame(1, text(3))])
      const { data, handedOn, log } = read(bytes, cuts)
      expect(data).toBe('xxxxxxxxx')
      expect(handedOn).toEqual(Buffer.concat([ping, pong]))
      expect(log).toEqual(['data', 'control 137', 'data', 'control 138', 'data'])
    }),
  )
})

it.each([
  ['a close', frame(8, Buffer.from([3, 232]))],
  ['the first part of a message', frame(1, text(3), 0x01)],
  ['a part without a first', frame(0, text(3))],
  ['a compressed message', frame(1, text(3), 0xc1)],
  ['an unknown opcode', frame(3, text(3))],
  ['an unknown control frame', frame(11, text(3))],
  ['a masked message', frame(1, text(3), 0x81, 0x80)],
  ['a control frame that is too long', frame(9, text(126))],
  ['a message that is too long', frame(1, text(MAX + 1))],
])('hands on %s, and everything after it', (_title, odd) => {
  const bytes = Buffer.concat([frame(1, text(3)), odd, frame(1, text(3))])
  for (const cuts of [[], [5], [6], [7], [9], [5, 6, 7, 8, 9, 10, 11, 12]]) {
    const { data, handedOn, log } = read(bytes, cuts)
    expect(data).toBe('xxx')
    expect(handedOn).toEqual(bytes.subarray(5))
    expect(log).toEqual(['data', 'other'])
  }
})

it('reads any bytes at all without a fault', () => {
  const runs = fc.record({ bytes: fc.uint8Array({ maxLength: 300 }), cuts: fc.array(fc.nat(300), { maxLength: 5 }) })
  fc.assert(fc.property(runs, ({ bytes, cuts }) => void read(Buffer.from(bytes), cuts)))
})
