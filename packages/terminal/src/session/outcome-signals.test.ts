import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { JournalRecord } from '@scalpdesk/desk'
import { waitFor } from '@scalpdesk/testkit'
import { describe, expect, it } from 'vitest'
import { findPlayer, overhear, SILENT, type Sounds, startSounds } from './outcome-signals.ts'

const denied: JournalRecord = { kind: 'denied', atMs: 1, id: null, intent: 'BUY', code: 'no-price', words: 'no price' }
const rejected: JournalRecord = { kind: 'rejected', atMs: 1, id: 'SD-1', reason: 'MARKET_CLOSED' }
const unresolved: JournalRecord = { kind: 'unresolved', atMs: 1, id: 'SD-1', cause: 'no answer' }
const armed: JournalRecord = { kind: 'armed', atMs: 1, isArmed: true, because: 'the trader' }

describe('what the journal says of orders', () => {
  it('is counted, and told once', () => {
    const journal = overhear({ append() {} })
    for (const record of [denied, denied, rejected, unresolved, armed]) journal.append(record)
    expect(journal.counts).toEqual({ filled: 0, rejected: 1, denied: 2, unknown: 1 })
    expect(journal.take()).toEqual(['denied', 'rejected', 'unknown'])
    expect(journal.take()).toEqual([])
  })

  it('is heard although it cannot be written, and the failure is the writer’s', () => {
    const journal = overhear({
      append() {
        throw new Error('the disk is full')
      },
    })
    expect(() => journal.append(rejected)).toThrow('the disk is full')
    expect(journal.take()).toEqual(['rejected'])
  })
})

function sounds(kinds: Partial<Sounds>, player: Parameters<typeof startSounds>[0]['player'] = null) {
  const heard: string[] = []
  const play = startSounds({
    sounds: { ...SILENT, ...kinds },
    player,
    ring: () => void heard.push('bell'),
    onFailure: why => void heard.push(why),
  })
  return { heard, play }
}

describe('a sound', () => {
  it('is the bell, once a frame, where the settings say so; else there is none', () => {
    const { heard, play } = sounds({ filled: 'bell', rejected: 'bell' })
    play(['filled', 'rejected', 'denied'])
    play(['denied'])
    expect(heard).toEqual(['bell'])
  })

  it('is a file that a program of this machine plays', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'player-'))
    const played = join(folder, 'played')
    writeFileSync(join(folder, 'paplay'), `#!/bin/sh\necho "$1" > ${played}\n`)
    chmodSync(join(folder, 'paplay'), 0o755)
    const { heard, play } = sounds({ filled: { file: '/ding.wav' } }, findPlayer(`/nowhere:${folder}`))
    play(['filled'])
    await waitFor('the file to be played', () => {
      try {
        return readFileSync(played, 'utf8') === '/ding.wav\n'
      } catch {
        return false
      }
    })
    expect(heard).toEqual([])
  })

  it('that cannot be played is told once', () => {
    expect(findPlayer('/nowhere')).toBeNull()
    const { heard, play } = sounds({ filled: { file: '/ding.wav' } })
    play(['filled'])
    play(['filled'])
    expect(heard).toEqual(['no program to play files was found (paplay, pw-play, afplay, aplay, play)'])
  })
})
