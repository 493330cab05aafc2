import { inflateSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { pngOf, readFramebuffer } from './framebuffer.ts'

const RED_AND_BLUE = { width: 2, height: 1, rgb: Uint8Array.from([255, 0, 0, 0, 0, 255]) }

it('reads the pixels behind the header and the colour map', () => {
  const header = new DataView(new ArrayBuffer(100))
  const fields = [100, 7, 2, 24, 2, 1, 0, 0, 32, 0, 32, 32, 8, 4, 0, 0, 0, 0, 0, 1]
  for (const [index, value] of fields.entries()) header.setUint32(index * 4, value)
  const file = Buffer.concat([
    new Uint8Array(header.buffer),
    Buffer.alloc(12),
    Buffer.from([0, 0, 255, 0, 255, 0, 0, 0]),
  ])
  expect(readFramebuffer(file)).toEqual(RED_AND_BLUE)
})

it('refuses a file that it cannot read, and says what it expected', () => {
  expect(() => readFramebuffer(new Uint8Array(100))).toThrow('expected an XWD file of version 7')
})

it('writes each line with the filter none before its pixels', () => {
  const png = Buffer.from(pngOf(RED_AND_BLUE))
  const at = png.indexOf('IDAT')
  const size = png.readUInt32BE(at - 4)
  expect([...inflateSync(png.subarray(at + 4, at + 4 + size))]).toEqual([0, 255, 0, 0, 0, 0, 255])
  expect(png.readUInt32BE(png.indexOf('IEND') + 4)).toBe(0xae426082)
})
