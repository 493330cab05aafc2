import { deflateSync } from 'node:zlib'

/** Pixels, three bytes each: red, green, blue; row by row from the top. */
export interface Pixels {
  readonly width: number
  readonly height: number
  readonly rgb: Uint8Array
}

/**
 * Reads the file in which Xvfb keeps a screen (`-fbdir`), 24 bits deep. XWD file format, version 7: `X11/XWDFile.h`.
 * @throws for anything else
 */
export function readFramebuffer(file: Uint8Array): Pixels {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const field = (index: number): number => view.getUint32(index * 4)
  const [headerSize, version, depth] = [field(0), field(1), field(3)]
  const [width, height, isBigEndian, bitsPerPixel, bytesPerLine] = [field(4), field(5), field(7), field(11), field(12)]
  if (version !== 7 || depth !== 24 || bitsPerPixel !== 32)
    throw new Error(
      `expected an XWD file of version 7, 24 bits deep in 32, but got version ${version}, ${depth} in ${bitsPerPixel}; start Xvfb with -screen 0 …x24`,
    )
  const [blue, green, red] = isBigEndian === 1 ? [3, 2, 1] : [0, 1, 2]
  const start = headerSize + field(19) * COLOUR_SIZE
  const rgb = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const from = start + y * bytesPerLine + x * 4
      const to = (y * width + x) * 3
      rgb[to] = file[from + red]!
      rgb[to + 1] = file[from + green]!
      rgb[to + 2] = file[from + blue]!
    }
  return { width, height, rgb }
}

/** Bytes of one entry of the colour map behind the header. */
const COLOUR_SIZE = 12

/** A PNG file: Portable Network Graphics specification (W3C), sections 5 and 11. */
export function pngOf({ width, height, rgb }: Pixels): Uint8Array {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  // 8 bits a sample, truecolour; the only methods that there are; not interlaced.
  header.set([8, 2, 0, 0, 0], 8)
  const lines = Buffer.alloc(height * (1 + width * 3))
  // The first byte of a line is its filter: none.
  for (let y = 0; y < height; y++) lines.set(rgb.subarray(y * width * 3, (y + 1) * width * 3), y * (1 + width * 3) + 1)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(lines, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(named.length + 8)
  framed.writeUInt32BE(data.length, 0)
  framed.set(named, 4)
  framed.writeUInt32BE(checksum(named), named.length + 4)
  return framed
}

/** CRC-32 as the PNG specification's annex D defines it. */
function checksum(bytes: Uint8Array): number {
  let sum = 0xffffffff
  for (const byte of bytes) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1
  }
  return (sum ^ 0xffffffff) >>> 0
}
