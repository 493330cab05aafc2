import { parse } from 'node:path'

/** When a recording goes on in a new file; null: never for this reason. */
export interface Rotation {
  readonly daily: boolean
  /** Before a file is larger than so many bytes. */
  readonly mostBytes: number | null
}

/** The files of one recording: `FILE` as it was given, or with its UTC day, and with a number from the second part on. */
export function partPath(out: string, { daily }: Rotation, atMs: number, part: number): string {
  const day = daily ? `.${utcDay(atMs)}` : ''
  const number = part > 1 ? `.${part}` : ''
  if (day === '' && number === '') return out
  const { dir, name, ext } = parse(out)
  const file = `${name}${day}${number}${ext}`
  return dir === '' ? file : `${dir}${dir.endsWith('/') ? '' : '/'}${file}`
}

export const utcDay = (atMs: number): string => new Date(atMs).toISOString().slice(0, '2026-01-05'.length)
