import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type PassphrasePorts, passphraseSource } from './passphrase-source.ts'

const folder = mkdtempSync(join(tmpdir(), 'passphrase-'))
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString()

function file(content: string, mode = 0o600): string {
  const path = join(folder, 'passphrase')
  writeFileSync(path, content)
  chmodSync(path, mode)
  return path
}

function source(ports: Partial<PassphrasePorts>) {
  return passphraseSource({ file: undefined, given: undefined, ask: null, ...ports })
}

/** A person who gives these answers, and no more. */
function person(...answers: readonly string[]) {
  const questions: string[] = []
  const left = [...answers]
  const ask = async (question: string) => {
    questions.push(question)
    return left.shift() ?? 'nothing more to say'
  }
  return { ask, questions }
}

describe('the passphrase of a vault comes', () => {
  it('from its file: the first line, whatever ends it', async () => {
    for (const end of ['', '\n', '\r\n', '\nanother line'])
      expect(text(await source({ file: file(`correct horse${end}`) }).existing(1))).toBe('correct horse')
  })

  it('from the login itself before the file, and from the file before a person', async () => {
    const { ask, questions } = person('from a person')
    expect(text(await source({ given: 'given with it', file: file('in a file'), ask }).existing(1))).toBe(
      'given with it',
    )
    expect(text(await source({ file: file('in a file'), ask }).existing(1))).toBe('in a file')
    expect(questions).toEqual([])
  })

  it('as the same bytes from every keyboard', async () => {
    const composed = await source({ given: 'café au lait' }).existing(1)
    const decomposed = await source({ given: 'cafe\u0301 au lait' }).existing(1)
    expect(text(composed)).toBe(text(decomposed))
  })

  it('from a person, up to three times', async () => {
    const { ask, questions } = person('one', 'two', 'three')
    const asking = source({ ask })
    for (const attempt of [1, 2, 3]) await asking.existing(attempt)
    await expect(asking.existing(4)).rejects.toMatchObject({ code: 'wrong-passphrase' })
    expect(questions.slice(1)).toEqual(Array(2).fill('That was another one. Passphrase: '))
  })

  it('for a new vault twice, until both are one and long enough', async () => {
    const { ask, questions } = person('short', 'long enough', 'long enouhg', 'long enough', 'long enough')
    expect(text(await source({ ask }).fresh())).toBe('long enough')
    expect(questions.map(question => question.split(/[ .]/)[0])).toEqual(['A', 'Too', 'The', 'They', 'The'])
  })
})

describe('it is refused', () => {
  it.each<[string, () => string, RegExp]>([
    ['where others may read the file', () => file('correct horse', 0o640), /others may read.*chmod 600/],
    ['where the file is empty', () => file('\n'), /first line is empty/],
    ['where there is no file', () => join(folder, 'none'), /ENOENT/],
    ['where it is a folder', () => mkdtempSync(join(folder, 'x')), /is no file/],
  ])('%s', async (_what, path, words) => {
    await expect(source({ file: path() }).existing(1)).rejects.toMatchObject({
      code: 'no-passphrase',
      message: expect.stringMatching(words),
    })
  })

  it('where nobody can be asked', async () => {
    for (const asked of [source({}).existing(1), source({}).fresh()])
      await expect(asked).rejects.toMatchObject({ code: 'no-passphrase' })
  })

  it('from a file when it was wrong once: the file does not change by itself', async () => {
    await expect(source({ file: file('wrong horse') }).existing(2)).rejects.toMatchObject({ code: 'wrong-passphrase' })
  })

  it('for a new vault when it is too short', async () => {
    await expect(source({ given: 'canary7' }).fresh()).rejects.toThrow(/^(?!.*canary).*at least 8/)
  })
})
