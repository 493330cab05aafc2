import { connectIg, type Ig, systemClock } from '@scalpdesk/sdk'
import type { Environment } from '../credentials/credential.ts'
import { openStores } from '../credentials/open-stores.ts'
import { EXIT, ExitError } from '../exit-status.ts'
import { startEmbeddedMock } from '../session/embedded-mock.ts'
import { loginAt, loginFailure } from './broker-login.ts'
import { signInAt } from './checked-login.ts'
import { type ChosenPlace, chosenPlace, placeWords } from './chosen-place.ts'
import type { CommandVoice } from './command-voice.ts'
import { exitOf } from './credential-exit.ts'
import { foundLogin } from './found-login.ts'
import { checkAccount, type LoginOptions, logIn } from './login-command.ts'

/** A broker that answers what `init` wants to know of it. */
export interface InitBroker {
  readonly ig: Ig
  /** For people: which broker, and where its login is. */
  readonly words: string
  close(): Promise<void>
}

/** The mock broker, or IG with the login that is stored; with one that is asked for where there is none. @throws ExitError */
export async function initBroker(
  environment: Environment,
  options: Pick<LoginOptions, 'account' | 'store'>,
  voice: CommandVoice,
): Promise<InitBroker> {
  checkAccount(options.account ?? process.env.SCALPDESK_ACCOUNT)
  const chosen = chosenPlace(environment, process.env)
  if (chosen.kind === 'embedded') {
    const mock = await startEmbeddedMock({}, new URL('./mock-worker.js', import.meta.url))
    const ig = await connectIg({ ...loginAt(mock, process.env), clock: systemClock })
    const close = async (): Promise<void> => {
      await ig.close()
      await mock.close()
    }
    return { ig, words: 'the mock broker inside, with made-up money', close }
  }
  if (environment === 'mock') {
    const login = loginAt(chosen.address as URL, process.env)
    const ig = await connectIg({ ...login, clock: systemClock }).catch(error => {
      throw loginFailure(error)
    })
    return { ig, words: `the mock broker at ${chosen.place.host}`, close: ig.close }
  }
  return signedIn(chosen, options, voice)
}

async function signedIn(
  chosen: Extract<ChosenPlace, { kind: 'broker' }>,
  options: Pick<LoginOptions, 'account' | 'store'>,
  voice: CommandVoice,
): Promise<InitBroker> {
  const { place, address } = chosen
  const stored = options.account === undefined ? await storedLogin(chosen, voice) : null
  const credential = stored ?? (await logIn(options, chosen, telling(voice)))
  const { ig } = await signInAt(place, credential, address)
  return { ig, words: `${placeWords(place)}, with the account ${ig.account.id}`, close: ig.close }
}

/** What was answered in an earlier run is not asked again. Variables are for one run: they are checked and stored. */
async function storedLogin({ place }: Extract<ChosenPlace, { kind: 'broker' }>, voice: CommandVoice) {
  const { prompt } = voice
  const stores = await openStores({
    variables: process.env,
    ask: prompt ? question => prompt.ask(question, 'hidden') : null,
    onNotice: voice.notice,
  })
  try {
    const { credential, from } = await foundLogin(place, process.env, stores.all)
    if (from === 'variables') return null
    voice.notice(`the login of ${placeWords(place)} in the ${from} is kept; scalpdesk login asks for another`)
    return credential
  } catch (error) {
    const exit = exitOf(error)
    // A part of the variables: the login asks for the rest.
    const isAskable = exit.status === EXIT.refused || prompt !== null
    if (isAskable && error instanceof ExitError) return null
    throw exit
  } finally {
    stores.close()
  }
}

/** The result is that of init: what the login says on its way is for people. */
function telling(voice: CommandVoice): CommandVoice {
  return {
    ...voice,
    result: (_document, lines) => {
      for (const line of lines) voice.notice(line)
    },
  }
}
