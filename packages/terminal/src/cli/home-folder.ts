import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where settings, journal, sockets and what else is kept lie. */
export const homeFolder = (variables: Readonly<Record<string, string | undefined>> = process.env): string =>
  variables.SCALPDESK_HOME || join(homedir(), '.scalpdesk')
