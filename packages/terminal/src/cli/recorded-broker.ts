import { connectIg, type Ig, systemClock } from '@scalpdesk/sdk'
import type { Environment } from '../credentials/credential.ts'
import { openStores } from '../credentials/open-stores.ts'
import { EXIT, ExitError } from '../exit-status.ts'
import { printable } from '../printable.ts'
import { type MockFlags, startEmbeddedMock } from '../session/embedded-mock.ts'
import { loginAt, loginFailure } from './broker-login.ts'
import { signInAt } from './checked-login.ts'
import { type ChosenPlace, chosenPlace } from './chosen-place.ts'
import { exitOf } from './credential-exit.ts'
import { foundLogin } from './found-login.ts'
import { mockRefusal } from './mock-refusal.ts'
import { givenMockFlag, mockSettings } from './mock-settings.ts'
import { openPrompt } from './prompt.ts'

export interface RecordedBroker {
  readonly ig: Ig
  close(): Promise<void>
}

export interface BrokerOptions extends MockFlags {
  readonly env: Environment
}

/**
 * The broker whose prices are recorded: the one that --env and SCALPDESK_URL name, else the mock broker inside.
 * @throws ExitError when it cannot be had, or nobody is signed in to it.
 */
export async function openRecordedBroker(options: BrokerOptions): Promise<RecordedBroker> {
  const chosen = chosenPlace(options.env, process.env)
  const flag = givenMockFlag(options)
  if (chosen.kind === 'broker' && flag !== null)
    throw new ExitError(
      EXIT.usage,
      `--${flag} drives the embedded mock broker, but SCALPDESK_URL or --env names another; use one of them`,
    )
  return chosen.kind === 'embedded' ? openEmbedded(options) : openElsewhere(chosen)
}

async function openEmbedded(options: BrokerOptions): Promise<RecordedBroker> {
  const settings = await mockSettings(options)
  const mock = await startEmbeddedMock(settings, new URL('./mock-worker.js', import.meta.url)).catch(error => {
    throw mockRefusal(error)
  })
  const what = options.replay ? 'the mock broker inside plays files' : 'the mock broker inside makes its prices up'
  process.stderr.write(`scalpdesk: ${what}; --env or SCALPDESK_URL name another broker\n`)
  mock.onNotice(text => process.stderr.write(`scalpdesk: ${printable(text)}\n`))
  try {
    const ig = await connectIg({ ...loginAt(mock, process.env), clock: systemClock })
    return {
      ig,
      async close() {
        await ig.close().catch(() => {})
        await mock.close()
      },
    }
  } catch (error) {
    await mock.close()
    throw loginFailure(error)
  }
}

async function openElsewhere({ place, address }: Extract<ChosenPlace, { kind: 'broker' }>): Promise<RecordedBroker> {
  const prompt = openPrompt(status => process.exit(status))
  const stores = await openStores({
    variables: process.env,
    ask: prompt ? question => prompt.ask(question, 'hidden') : null,
    onNotice: text => void process.stderr.write(`scalpdesk: ${printable(text)}\n`),
  })
  try {
    const { credential } = await foundLogin(place, process.env, stores.all)
    const { ig } = await signInAt(place, credential, address)
    return { ig, close: () => ig.close().catch(() => {}) }
  } catch (error) {
    throw exitOf(error)
  } finally {
    stores.close()
    prompt?.close()
  }
}
