import { StringDecoder } from 'node:string_decoder'

/** Cuts bytes into lines, however they arrive. */
export interface Lines {
  /** @returns null when a line is longer than anybody means */
  take(chunk: Uint8Array): readonly string[] | null
}

export function boundedLines(longest: number): Lines {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  return {
    take(chunk) {
      const lines = `${rest}${decoder.write(Buffer.from(chunk))}`.split('\n')
      rest = lines.pop() ?? ''
      return rest.length > longest || lines.some(line => line.length > longest) ? null : lines
    },
  }
}

/** UTF-16 units; our choice, far above any press and any outcome of a flatten. */
export const LONGEST_LINE = 262_144
