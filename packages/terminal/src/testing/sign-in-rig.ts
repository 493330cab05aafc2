import { createServer } from 'node:net'
import type { MockBroker } from '@scalpdesk/mock-broker'
import { afterAll, beforeAll, beforeEach, expect } from 'vitest'
import type { Environment } from '../credentials/credential.ts'
import { closedAfterEach } from './closed-after-each.ts'
import { keepLogin } from './kept-login.ts'
import { type EndedCommand, startCommand } from './running-command.ts'
import { brokerWithUser, loginJson, type SignInHome, signInHome } from './signing-in.ts'

/** One mock broker in IG's place for a file of tests, and a new home for each of them. */
export interface SignInRig {
  readonly broker: MockBroker
  readonly at: SignInHome
  /** Runs the command as a process, with the vault's passphrase at hand unless told otherwise. */
  run(args: string, env?: Readonly<Record<string, string>>, input?: string): Promise<EndedCommand>
  login(env?: Readonly<Record<string, string>>, input?: string): Promise<EndedCommand>
  /** Has the login of `demo`, or of another environment, in the vault without a process. */
  keepLogin(environment?: Environment, account?: string): Promise<void>
  /** Closed after the test. */
  readonly open: AsyncDisposable[]
}

export function signInRig(): SignInRig {
  let broker: MockBroker
  let at: SignInHome
  const open = closedAfterEach()
  beforeAll(async () => {
    broker = await brokerWithUser()
  })
  afterAll(() => broker.close())
  beforeEach(() => {
    at = signInHome(broker.url)
  })
  function run(args: string, env = at.envWithPassphrase, input?: string): Promise<EndedCommand> {
    const command = startCommand(args.split(' '), env, input)
    open.push(command)
    return command.ended
  }
  return {
    get broker() {
      return broker
    },
    get at() {
      return at
    },
    run,
    login: (env = at.envWithPassphrase, input = loginJson()) => run('login --env demo --stdin', env, input),
    keepLogin: (environment, account) => keepLogin(at, environment, account),
    open,
  }
}

/** All there is to be seen, when there should be a sentence and no result. @returns the sentence */
export async function refusal(ended: Promise<EndedCommand>, status: number): Promise<string> {
  const { stdout, stderr, status: got } = await ended
  expect([got, stdout]).toEqual([status, ''])
  expect(stderr).not.toMatch(/canary|\n\s+at /)
  return stderr.trimEnd().split('\n').at(-1) ?? ''
}

/** The address of a broker on a port of this machine where nobody listens. */
export async function deadUrl(): Promise<string> {
  const server = createServer()
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  await new Promise(done => server.close(done))
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 1}/gateway/deal`
}
