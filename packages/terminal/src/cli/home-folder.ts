import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where settings, journal, sockets and what else is kept lie. */
export const homeFolder = (): string => process.env.SCALPDESK_HOME || join(homedir(), '.scalpdesk')
