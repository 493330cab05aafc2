/**
 * A process of its own that asks the system's keychain one question and ends. Apart, because a keychain that is locked waits
 * for somebody to unlock it, and the program that waits with it could not even end; and because what an addon crashes is then
 * not the program that trades. Reads one JSON line, writes one JSON line.
 */
import { createRequire } from 'node:module'
import { text } from 'node:stream/consumers'
import type { KeychainAnswer, KeychainQuestion } from './keychain.ts'

type Keytar = typeof import('keytar')

const SERVICE = 'scalpdesk'

async function answerTo(question: KeychainQuestion): Promise<KeychainAnswer> {
  const keytar = loaded()
  if (!keytar) return { kind: 'missing' }
  try {
    switch (question.ask) {
      case 'names':
        return { kind: 'names', names: (await keytar.findCredentials(SERVICE)).map(({ account }) => account) }
      case 'get':
        return { kind: 'text', text: await keytar.getPassword(SERVICE, question.name) }
      case 'set':
        await keytar.setPassword(SERVICE, question.name, question.text)
        return { kind: 'done', wasThere: true }
      case 'delete':
        return { kind: 'done', wasThere: await keytar.deletePassword(SERVICE, question.name) }
      default:
        return unreachable(question)
    }
  } catch (error) {
    return { kind: 'failed', words: error instanceof Error ? error.message : String(error) }
  }
}

/** An optional dependency: on Linux its addon throws where libsecret is not installed. */
function loaded(): Keytar | null {
  try {
    return createRequire(import.meta.url)('keytar') as Keytar
  } catch {
    return null
  }
}

function unreachable(value: never): never {
  throw new Error(`expected every question to be known, but got ${JSON.stringify(value)}`)
}

const answer = await answerTo(JSON.parse(await text(process.stdin)) as KeychainQuestion)
process.stdout.write(`${JSON.stringify(answer)}\n`)
