import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { systemClock } from '@scalpdesk/sdk'
import { manualClock, waitFor } from '@scalpdesk/testkit'
import { describe, expect, it } from 'vitest'
import { CANARY_PASSWORD } from '../testing/sample-credentials.ts'
import { findKeychain, type KeychainOptions } from './system-keychain.ts'

/** The keychain's process, played by small programs. */

const folder = mkdtempSync(join(tmpdir(), 'keychain-'))

function options(source: string, changes: Partial<KeychainOptions> = {}): KeychainOptions {
  const path = join(folder, `${encodeURIComponent(source).slice(0, 60)}.mjs`)
  writeFileSync(path, source)
  const environment = { PATH: process.env.PATH }
  return {
    program: pathToFileURL(path),
    environment,
    platform: 'linux',
    clock: systemClock,
    onWaiting() {},
    ...changes,
  }
}

const says = (answer: unknown) => `process.stdin.resume(); console.log(${JSON.stringify(JSON.stringify(answer))})`

describe('there is no keychain, and it is said why,', () => {
  it.each<[string, string, RegExp]>([
    ['where its addon cannot be loaded', says({ kind: 'missing' }), /needs libsecret/],
    ['where nothing answers on the bus', says({ kind: 'failed', words: 'no D-Bus' }), /“no D-Bus”/],
    ['when its process crashes', 'process.abort()', /no answer/],
    ['when its process says nothing', '', /cannot be loaded/],
    ['when its process says something else', 'console.log("{oops")', /cannot be loaded/],
    ['when its program is not there', 'import "nothing-of-that-name"', /cannot be loaded/],
  ])('%s', async (_what, source, why) => {
    expect(await findKeychain(options(source))).toEqual({ kind: 'missing', why: expect.stringMatching(why) })
  })

  it('when the user says so, without asking it', async () => {
    const asked = options('process.abort()', { environment: { SCALPDESK_KEYCHAIN: 'off' } })
    expect(await findKeychain(asked)).toEqual({ kind: 'missing', why: 'SCALPDESK_KEYCHAIN says off' })
  })

  it('when it waits for somebody for a minute, which is told before', async () => {
    const clock = manualClock()
    const said: string[] = []
    const asked = options('setInterval(() => {}, 1000)', { clock, onWaiting: () => said.push('waiting') })
    const finding = findKeychain(asked)
    await waitFor('both timers', () => clock.pending === 2)
    clock.advance(2_000)
    expect(said).toEqual(['waiting'])
    clock.advance(60_000)
    expect(await finding).toMatchObject({ kind: 'missing', why: expect.stringMatching(/may be locked/) })
  })
})

describe('where there is one', () => {
  /** Answers what it was asked, and writes down with what it was started. */
  const recorder = (file: string) => `
    import { writeFileSync } from 'node:fs'
    import { text } from 'node:stream/consumers'
    const question = JSON.parse(await text(process.stdin))
    writeFileSync(${JSON.stringify(file)}, JSON.stringify({ argv: process.argv, env: process.env }))
    const answers = {
      names: { kind: 'names', names: ['demo'] },
      get: { kind: 'text', text: question.name === 'demo' ? 'kept' : null },
      set: question.name === 'live' ? { kind: 'failed', words: 'locked collection' } : { kind: 'done', wasThere: true },
      delete: { kind: 'done', wasThere: question.name === 'demo' },
    }
    console.log(JSON.stringify(answers[question.ask]))`

  async function found(environment: Readonly<Record<string, string | undefined>> = {}) {
    const file = join(folder, 'started.json')
    const state = await findKeychain(options(recorder(file), { environment }))
    if (state.kind === 'missing') throw new Error(`expected a keychain, but ${state.why}`)
    return { keychain: state.keychain, started: () => readFileSync(file, 'utf8') }
  }

  it('it is asked one thing at a time', async () => {
    const { keychain } = await found()
    expect(await keychain.names()).toEqual(['demo'])
    expect([await keychain.get('demo'), await keychain.get('live')]).toEqual(['kept', null])
    expect([await keychain.delete('demo'), await keychain.delete('live')]).toEqual([true, false])
  })

  it('what it refuses is said in its words, with a way out', async () => {
    const { keychain } = await found()
    await expect(keychain.set('live', CANARY_PASSWORD)).rejects.toThrow(
      /^(?!.*canary).*“locked collection”.*--store vault/,
    )
  })

  it('no secret is among its arguments or variables', async () => {
    const login = {
      SCALPDESK_API_KEY: CANARY_PASSWORD,
      SCALPDESK_USERNAME: CANARY_PASSWORD,
      SCALPDESK_PASSWORD: CANARY_PASSWORD,
    }
    const { keychain, started } = await found({ ...login, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/x' })
    await keychain.set('demo', CANARY_PASSWORD)
    expect(started()).not.toContain('canary')
    expect(started()).toContain('unix:path=/x')
  })
})
