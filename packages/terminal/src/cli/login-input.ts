import { text } from 'node:stream/consumers'
import { isatty } from 'node:tty'
import { credentialProblems, type GivenCredential } from '../credentials/credential.ts'
import type { Place } from '../credentials/entry-name.ts'
import { fromVariables, type Variables } from '../credentials/variables.ts'
import { EXIT, ExitError } from '../exit-status.ts'
import { placeWords } from './chosen-place.ts'
import type { Prompt } from './prompt.ts'

export interface LoginInput {
  readonly given: GivenCredential
  /** Of the vault, where it came with the login on stdin. */
  readonly passphrase: string | undefined
}

/** What to log in with: from stdin when told, else from the variables, and what they leave out from a person. @throws ExitError */
export async function loginInput(
  place: Place,
  variables: Variables,
  prompt: Prompt | null,
  readsStdin: boolean,
): Promise<LoginInput> {
  if (readsStdin) return fromStdin()
  const reading = fromVariables(place.environment, variables)
  const account = variables.SCALPDESK_ACCOUNT || null
  switch (reading.kind) {
    case 'whole': {
      const { apiKey, username, password } = reading.credential
      return {
        given: { apiKey: apiKey.reveal(), username, password: password.reveal(), account },
        passphrase: undefined,
      }
    }
    case 'wrong':
      throw new ExitError(EXIT.usage, reading.problems.join('; '))
    case 'part':
      if (!prompt)
        throw new ExitError(
          EXIT.usage,
          `expected ${reading.missing.join(' and ')} as well, but there is no terminal to ask on; set all three`,
        )
      return { given: await asked(place, prompt, { ...reading.given, account }), passphrase: undefined }
    case 'none':
      if (!prompt)
        throw new ExitError(
          EXIT.usage,
          'expected a terminal to ask for the login on, but there is none; set SCALPDESK_API_KEY, SCALPDESK_USERNAME and SCALPDESK_PASSWORD, or pipe one JSON object into login --stdin',
        )
      return { given: await asked(place, prompt, { account }), passphrase: undefined }
    default:
      return unreachable(reading)
  }
}

async function asked(place: Place, prompt: Prompt, known: Partial<GivenCredential>): Promise<GivenCredential> {
  const where = placeWords(place)
  const apiKey = known.apiKey ?? (await field(prompt, `API key for ${where} (not shown): `, 'apiKey'))
  const username = known.username ?? (await field(prompt, 'User name: ', 'username'))
  const password = known.password ?? (await field(prompt, 'Password (not shown): ', 'password'))
  return { apiKey, username, password, account: known.account ?? null }
}

const SOUND: GivenCredential = { apiKey: 'key', username: 'name', password: 'password', account: null }

/** Asks until it may be tried: an answer that cannot be right costs an attempt at IG's lock. */
async function field(prompt: Prompt, question: string, name: 'apiKey' | 'username' | 'password'): Promise<string> {
  for (;;) {
    const answer = await prompt.ask(question, name === 'username' ? 'shown' : 'hidden')
    // Copied keys and names often bring a space along; in a password it may be meant.
    const value = name === 'password' ? answer : answer.trim()
    const [problem] = credentialProblems({ ...SOUND, [name]: value })
    if (problem === undefined) return value
    prompt.say(problem)
  }
}

const FORM = '{"apiKey":"…","username":"…","password":"…"}, with "account" and "passphrase" (of the vault) if you like'
const FIELDS = ['apiKey', 'username', 'password', 'account', 'passphrase'] as const

async function fromStdin(): Promise<LoginInput> {
  if (isatty(0))
    throw new ExitError(EXIT.usage, 'expected a pipe on stdin for --stdin, but it is a terminal; leave --stdin out')
  const said = await text(process.stdin)
  const value = parsed(said)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrongForm('something else')
  const fields = value as Record<string, unknown>
  for (const name of Object.keys(fields))
    if (!FIELDS.some(each => each === name))
      throw wrongForm(/^\w{1,20}$/.test(name) ? `the field ${name}` : 'another field')
  for (const name of FIELDS)
    if (fields[name] !== undefined && fields[name] !== null && typeof fields[name] !== 'string')
      throw wrongForm(`something else than a text in ${name}`)
  const read = (name: (typeof FIELDS)[number]): string => (typeof fields[name] === 'string' ? fields[name] : '')
  const given = {
    apiKey: read('apiKey'),
    username: read('username'),
    password: read('password'),
    account: read('account') || null,
  }
  const problems = credentialProblems(given)
  if (problems.length > 0) throw new ExitError(EXIT.usage, problems.join('; '))
  return { given, passphrase: read('passphrase') || undefined }
}

function wrongForm(got: string): ExitError {
  return new ExitError(EXIT.usage, `expected one JSON object on stdin like ${FORM}, but got ${got}; correct it`)
}

/** The parser's own error shows what it could not read: it is dropped. */
function parsed(said: string): unknown {
  try {
    return JSON.parse(said)
  } catch {
    return null
  }
}

function unreachable(value: never): never {
  throw new Error(`expected every case to be handled, but met ${JSON.stringify(value)}`)
}
