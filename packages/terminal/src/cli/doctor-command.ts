import { homedir } from 'node:os'
import { isatty } from 'node:tty'
import { systemClock } from '@scalpdesk/sdk'
import manifest from '../../package.json' with { type: 'json' }
import type { Environment } from '../credentials/credential.ts'
import { openStores } from '../credentials/open-stores.ts'
import { type Finding, ok, problem, warning } from '../doctor/finding.ts'
import { folderFindings, versionsFinding } from '../doctor/machine.ts'
import { networkFindings } from '../doctor/network.ts'
import { recordFindings } from '../doctor/records.ts'
import { sessionFindings, storeFindings } from '../doctor/sign-in.ts'
import { pressedFinding, terminalFindings, widthFinding } from '../doctor/terminal.ts'
import { askColumn, askForKeys } from '../doctor/terminal-questions.ts'
import { EXIT } from '../exit-status.ts'
import { isMultiplexed } from '../keys/keyboard.ts'
import { readSettings } from '../settings/read-settings.ts'
import { isProblem } from '../settings/settings-problem.ts'
import { type ChosenPlace, chosenPlace, placeWords } from './chosen-place.ts'
import { type CommandVoice, commandVoice } from './command-voice.ts'
import { exitOf } from './credential-exit.ts'
import { homeFolder } from './home-folder.ts'
import { askKeyboard } from './keyboard-question.ts'
import { signedInDesk } from './running-guard.ts'

export interface DoctorOptions {
  /** Undefined: as the settings say. */
  readonly environment?: Environment
  /** Asks no network and signs in to nothing. */
  readonly offline?: boolean
  readonly json?: boolean
}

/** Says what works here, a line for each thing, with the remedy of what does not. @returns 1 when there is a problem */
export async function runDoctor({ environment, offline = false, json = false }: DoctorOptions): Promise<number> {
  const voice = commandVoice(json)
  try {
    const home = homeFolder()
    const wanted = environment ?? settingsEnvironment(home)
    const findings = [
      versionsFinding(
        manifest.version,
        process.versions.node,
        manifest.engines.node,
        `${process.platform} ${process.arch}`,
      ),
      ...(await terminal(json)),
      ...folderFindings(home),
      ...safely('records', () => recordFindings(home)),
      ...(await broker(home, wanted, offline, voice)),
    ].map(finding => withoutHome(finding))
    const states = (state: Finding['state']): number => findings.filter(finding => finding.state === state).length
    const summary = { ok: states('ok'), warnings: states('warning'), problems: states('problem') }
    voice.result(
      {
        version: manifest.version,
        at: new Date(systemClock.nowMs()).toISOString(),
        environment: wanted,
        summary,
        findings,
      },
      [
        ...findings.flatMap(findingLines),
        `${summary.ok} ok, ${summary.warnings} to look at, ${summary.problems} wrong`,
      ],
    )
    return summary.problems > 0 ? EXIT.failed : EXIT.done
  } finally {
    voice.close()
  }
}

function settingsEnvironment(home: string): Environment {
  const settings = readSettings(home)
  return isProblem(settings) ? 'mock' : settings.environment
}

async function terminal(json: boolean): Promise<readonly Finding[]> {
  if (!isatty(0) || !isatty(1)) return terminalFindings(null)
  const { columns, rows } = process.stdout
  const variables = process.env
  const facts = {
    columns,
    rows,
    variables,
    colourDepth: process.stdout.getColorDepth(),
    isMultiplexed: isMultiplexed(variables),
  }
  const keyboard = await askKeyboard()
  const keys =
    keyboard.kind === 'kitty'
      ? ok('keyboard', 'speaks the kitty protocol: bare Ctrl keys can trade')
      : keyboard.kind === 'legacy'
        ? ok('keyboard', 'no kitty protocol: letters and Space trade, bare Ctrl keys do not')
        : warning('keyboard', keyboard.why, 'letters and Space trade; bare Ctrl keys may not')
  const width = widthFinding(await askColumn())
  const pressed = json ? [] : [pressedFinding(await askForKeys(), keyboard.kind === 'kitty')]
  return [...terminalFindings(facts), width, keys, ...pressed]
}

async function broker(
  home: string,
  environment: Environment,
  isOffline: boolean,
  voice: CommandVoice,
): Promise<readonly Finding[]> {
  let chosen: ChosenPlace
  try {
    chosen = chosenPlace(environment, process.env)
  } catch (error) {
    return [problem('broker', exitOf(error).message, 'correct it')]
  }
  const stores = await openStores({
    variables: process.env,
    ask: voice.prompt
      ? question => voice.prompt?.ask(question, 'hidden') ?? Promise.reject(new Error('nobody is there'))
      : null,
    onNotice: voice.notice,
  })
  try {
    const kept = await storeFindings(stores)
    if (chosen.kind === 'embedded')
      return [...kept, ok('broker', 'the mock broker inside, which needs no network and no login')]
    const { place, address } = chosen
    if (isOffline) return [...kept, ok('broker', `${placeWords(place)}; not asked, as --offline says`)]
    const way = await networkFindings(address instanceof URL ? address : new URL(IG_BASES[address]))
    const isReached = way.every(({ state }) => state !== 'problem')
    const desk = isReached ? await signedInDesk(home, place) : null
    const session = desk
      ? [ok('session', `of a ${desk.role} that runs (process ${desk.pid}); not signed in beside it`)]
      : isReached
        ? await sessionFindings({ place, address }, process.env, stores)
        : [warning('session', 'not tried, as the broker was not reached', 'see above')]
    return [...kept, ok('broker', placeWords(place)), ...way, ...session]
  } finally {
    stores.close()
  }
}

/** IG Labs, REST trading API guide, "Base URLs". */
const IG_BASES = {
  live: 'https://api.ig.com/gateway/deal',
  demo: 'https://demo-api.ig.com/gateway/deal',
} as const

/** What cannot even be looked at is a problem by itself. */
function safely(name: string, look: () => readonly Finding[]): readonly Finding[] {
  try {
    return look()
  } catch (error) {
    return [problem(name, (error as Error).message, 'look at the folder of the program')]
  }
}

/** The name of the user's folder is nobody's business in a report. */
function withoutHome(finding: Finding): Finding {
  const own = homedir()
  const hidden = (text: string): string => (own.length > 1 ? text.replaceAll(own, '~') : text)
  return { ...finding, says: hidden(finding.says), remedy: finding.remedy === null ? null : hidden(finding.remedy) }
}

const MARKS = { ok: 'ok', warning: 'WARNING', problem: 'PROBLEM' } as const

function findingLines({ name, state, says, remedy }: Finding): readonly string[] {
  const line = `${MARKS[state].padEnd(8)} ${`${name}:`.padEnd(17)}${says}`
  return remedy === null ? [line] : [line, `${' '.repeat(26)}${remedy}`]
}
