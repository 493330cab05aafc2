import { format, inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { CANARY_KEY, CANARY_PASSWORD, demoCredential } from '../testing/sample-credentials.ts'
import { credentialProblems, fromKeptText, keptText } from './credential.ts'

describe('a credential shows neither key nor password', () => {
  const credential = demoCredential()
  const { password } = credential

  it.each<[string, () => string]>([
    ['printed', () => inspect(credential, { depth: 10, showHidden: true, getters: true })],
    ['formatted', () => format('%s %o %O %j', credential, credential, credential, credential)],
    ['as JSON', () => JSON.stringify({ credential })],
    ['in a template', () => `${password} ${String(password)}`],
    ['joined to a text', () => ['is', password].join(' ')],
    ['as an error', () => inspect(new Error(`wrong: ${password}`, { cause: credential }), { depth: 10 })],
    ['spread', () => inspect({ ...credential, password: { ...password } })],
    ['cloned', () => inspect(structuredClone({ ...credential }))],
  ])('%s', (_how, print) => {
    expect(print()).not.toMatch(/canary/)
  })

  it('and gives them to who asks by name', () => {
    expect([credential.apiKey.reveal(), password.reveal()]).toEqual([CANARY_KEY, CANARY_PASSWORD])
  })
})

describe('what cannot be right about a login', () => {
  const sound = { apiKey: 'key', username: 'name', password: 'word', account: null }

  it.each([
    ['an empty key', { apiKey: '' }, /API key.*nothing/],
    ['a key with a space', { apiKey: 'canary key' }, /API key.*copy it again/],
    ['a key in other letters', { apiKey: 'canaryß' }, /API key.*copy it again/],
    ['an empty user name', { username: '' }, /user name.*nothing/],
    ['an e-mail address', { username: 'canary@x.org' }, /no e-mail address/],
    ['an empty password', { password: '' }, /password.*nothing/],
    ['a password of two lines', { password: 'canary\nother' }, /one line/],
    ['a password too long', { password: 'canary'.repeat(60) }, /350/],
    ['an account that is none', { account: 'canary 1' }, /account id/],
  ])('%s is named, and not repeated', (_what, changes, words) => {
    const problems = credentialProblems({ ...sound, ...changes })
    expect(problems).toEqual([expect.stringMatching(words)])
    expect(problems.join()).not.toContain('canary')
  })

  it.each(['pässwörd🙂', ' with spaces ', '"\\', 'ǆ'.repeat(350)])('the password %s may be one', password => {
    expect(credentialProblems({ ...sound, password })).toEqual([])
  })
})

describe('as it is kept', () => {
  it('comes back as it was', () => {
    const back = fromKeptText('demo', keptText(demoCredential('ABC12')))
    expect(back).toMatchObject({ environment: 'demo', username: 'trader_1', account: 'ABC12' })
    expect([back?.apiKey.reveal(), back?.password.reveal()]).toEqual([CANARY_KEY, CANARY_PASSWORD])
  })

  it.each(['', 'null', '[]', '{', '{"v":2}', '{"v":1,"apiKey":"k","username":"n","password":7,"account":null}'])(
    '%s is none',
    text => {
      expect(fromKeptText('demo', text)).toBeNull()
    },
  )
})
