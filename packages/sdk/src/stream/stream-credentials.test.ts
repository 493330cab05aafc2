import { expect, it } from 'vitest'
import { SignInError } from '../errors.ts'
import { accountId } from '../ids.ts'
import type { Rest } from '../rest/rest.ts'
import type { Auth } from '../session/auth.ts'
import { streamCredentials } from './stream-credentials.ts'

const tokens = (name: string): Auth => ({ kind: 'tokens', client: `cst-${name}`, account: `xst-${name}` })
const unasked = () => Promise.reject(new Error('expected no request'))
const noRest: Rest = { answer: unasked, read: unasked, write: unasked }

/** A session whose tokens a test changes, and which notes those that it was asked to replace. */
function session(first: Auth) {
  const replaced: Auth[] = []
  return {
    accountId: accountId('ABC12'),
    lastAuth: first,
    replaced,
    async renewForStreams(refused: Auth) {
      if (refused !== this.lastAuth) return
      replaced.push(refused)
      this.lastAuth = tokens('renewed')
    },
  }
}

it('gives the tokens of the session, and replaces them when they were refused', async () => {
  const known = tokens('first')
  const own = session(known)
  const ask = streamCredentials(own, noRest)
  expect(await ask('known')).toEqual({ user: 'ABC12', password: 'CST-cst-first|XST-xst-first' })
  expect(await ask('fresh')).toEqual({ user: 'ABC12', password: 'CST-cst-renewed|XST-xst-renewed' })
  expect(own.replaced).toEqual([known])
})

it('tokens that came after the refused ones are not replaced as well', async () => {
  const own = session(tokens('first'))
  const ask = streamCredentials(own, noRest)
  await ask('known')
  own.lastAuth = tokens('second')
  expect(await ask('fresh')).toMatchObject({ password: 'CST-cst-second|XST-xst-second' })
  expect(own.replaced).toEqual([])
})

it('there are none where the login was refused', async () => {
  const own = session(tokens('first'))
  own.renewForStreams = async () => {
    throw new SignInError('error.security.invalid-details', 'refused')
  }
  const ask = streamCredentials(own, noRest)
  await ask('known')
  expect(await ask('fresh')).toBeNull()
})

it.each([
  ['asks REST where it is too soon to replace them: tokens that died there too are replaced at once', true],
  ['gives none where it is too soon, and REST still takes them', false],
])('%s', async (_title, areDead) => {
  const own = session(tokens('first'))
  const asked: string[] = []
  own.renewForStreams = async () => {
    throw new SignInError('session-lost', 'too soon')
  }
  const rest: Rest = {
    ...noRest,
    async read(call) {
      asked.push(`${call.route.method} ${call.path}`)
      if (areDead) own.lastAuth = tokens('second')
      return {}
    },
  }
  const ask = streamCredentials(own, rest)
  await ask('known')
  const given = await ask('fresh')
  expect(asked).toEqual(['GET /session'])
  expect(given?.password).toBe(areDead ? 'CST-cst-second|XST-xst-second' : undefined)
})
