import { DecodeError, type IgError, InvalidInputError, RefusedError, SignInError } from '@scalpdesk/sdk'
import { EXIT } from '../exit-status.ts'

/**
 * IG's codes are dotted words. A server that answers with anything else is not quoted: what it sends back may be what it was sent,
 * tokens included.
 */
export function safeWords(error: IgError): string {
  if (error instanceof DecodeError)
    return `expected an answer as IG documents it, but ${error.path || 'it'} is something else; check the address`
  return /^[\w.-]{1,100}$/.test(error.code) ? error.message : error.message.replaceAll(error.code, 'words of its own')
}

/** The exit status that it means. */
export function refusalStatus(error: IgError): number {
  if (error instanceof InvalidInputError) return EXIT.usage
  return error instanceof SignInError || error instanceof RefusedError ? EXIT.refused : EXIT.failed
}
