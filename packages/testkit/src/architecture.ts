import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** One place: a package of the map, or a folder inside one that has rules of its own. */
export interface Place {
  readonly folder: string
  /** Names of ours that its code may import. */
  readonly mayImport: readonly string[]
  readonly because: string
  /** Folders beside it that its code may reach by a path. */
  readonly mayReach?: readonly string[]
  /** Packages of others that it must not import, and why. */
  readonly mustNotImport?: Readonly<Record<string, string>>
  /** It decides and does nothing: no module of Node.js, no clock, no chance, no timer, no environment of its own; but for these files. */
  readonly isPureBut?: readonly string[]
}

const NO_SCREEN = 'state lives outside React, and what decides about orders must run without a screen'
const NO_SOCKETS = 'a bot reaches the broker through the desk that it is given'
const NO_NETWORK = 'the desk has no I/O of its own: it asks its ports'

/** The map of the design, as rules. Tests, benches and proofs may also import the packages named in `devDependencies`. */
export const PLACES: readonly Place[] = [
  { folder: 'packages/wire', mayImport: [], because: 'wire holds types only' },
  {
    folder: 'packages/tlcp',
    mayImport: [],
    because: 'tlcp speaks Lightstreamer and has never heard of IG',
    isPureBut: ['src/http-stream.ts', 'src/system-clock.ts', 'src/web-socket.ts'],
  },
  {
    folder: 'packages/sdk',
    mayImport: ['@scalpdesk/wire', '@scalpdesk/tlcp'],
    because: 'the SDK stands under everything else',
    isPureBut: ['src/session/encrypted-password.ts', 'src/system-clock.ts', 'src/transport'],
  },
  {
    folder: 'packages/desk',
    mayImport: ['@scalpdesk/sdk'],
    because: 'the desk is thin over the SDK and knows neither screen nor network',
    mustNotImport: { react: NO_SCREEN, ink: NO_SCREEN, undici: NO_NETWORK, ws: NO_NETWORK, node: NO_NETWORK },
    isPureBut: [],
  },
  {
    folder: 'packages/reports',
    mayImport: ['@scalpdesk/sdk', '@scalpdesk/desk', '@scalpdesk/mock-broker'],
    because:
      "reports read the broker's history and the desk's journal, and ask the engine what another stop would have brought",
    mustNotImport: { react: NO_SCREEN, ink: NO_SCREEN },
    // A hash and a compression, and the store.
    isPureBut: ['src/forms/html/page.ts', 'src/forms/xlsx/zip.ts', 'src/store'],
  },
  {
    folder: 'packages/bots',
    mayImport: ['@scalpdesk/sdk', '@scalpdesk/desk', '@scalpdesk/reports', '@scalpdesk/mock-broker'],
    because: 'a bot trades through the desk, is tested on the engine, and its result is read as a day is',
    mustNotImport: { react: NO_SCREEN, ink: NO_SCREEN, undici: NO_SOCKETS, ws: NO_SOCKETS },
    isPureBut: ['src/runner', 'src/runs', 'src/scaffold', 'src/ticks'],
  },
  {
    folder: 'packages/terminal',
    mayImport: ['@scalpdesk/sdk', '@scalpdesk/desk', '@scalpdesk/reports', '@scalpdesk/bots', '@scalpdesk/mock-broker'],
    because: 'the terminal joins the real parts',
  },
  {
    folder: 'packages/terminal/src/keys',
    mayImport: [],
    because: 'keys are decoded before anything knows what they mean',
    mustNotImport: { react: NO_SCREEN, ink: NO_SCREEN },
    isPureBut: [],
  },
  {
    folder: 'packages/terminal/src/screen',
    mayImport: [],
    mayReach: ['packages/terminal/src/texts'],
    because: 'the screen is drawn from plain views on a thread of its own: it cannot reach the desk or the broker',
    // The thread, the terminal, and Ink, which writes to a stream.
    isPureBut: ['layout/ink-layout.tsx', 'painter.ts', 'screen.ts', 'terminal-output.ts'],
  },
  {
    folder: 'packages/terminal/src/texts',
    mayImport: [],
    because: 'the catalogue holds words only, so that each thread may have it',
    isPureBut: [],
  },
  {
    folder: 'examples',
    mayImport: ['@scalpdesk/sdk', '@scalpdesk/bots', '@scalpdesk/mock-broker'],
    because: 'examples show what a reader can do: public entry points only',
  },
  {
    folder: 'packages/site',
    mayImport: ['@scalpdesk/desk', '@scalpdesk/testkit'],
    because:
      'the site reads the repository as text, asks the code only for the tables that it shows, and its flags are those of every command here',
  },
  { folder: 'packages/testkit', mayImport: [], because: 'the test kit serves every package' },
  {
    folder: 'mock-broker',
    mayImport: ['@scalpdesk/wire'],
    because:
      'the mock shares types with the client, never the codec: with a shared encoder both could be wrong together',
  },
  {
    folder: 'mock-broker/engine',
    mayImport: ['@scalpdesk/wire'],
    because: 'the engine is pure: it runs in the server, in paper trading and in backtests alike',
    mustNotImport: { ws: 'the engine has no sockets' },
    // Tapes are read from files, by their names.
    isPureBut: ['tapes'],
  },
]

const OURS = /^(?:@scalpdesk\/[^/]+|scalpdesk)(?=\/|$)/

/** Every rule that the tree under `root` breaks, each as one sentence with its reason. */
export function brokenRules(root: string): readonly string[] {
  return PLACES.flatMap(place => [
    ...wrongImports(root, place),
    ...wrongDependencies(root, place),
    ...impurities(root, place),
  ])
}

/** What makes a result depend on when and where it is asked for. */
const AMBIENT =
  /\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(|\bMath\.random\(|\bset(?:Timeout|Interval|Immediate)\(|\bprocess\.(?:env|argv|stdin|stdout|stderr|hrtime|on)\b|\bfetch\(/

function impurities(root: string, { folder, isPureBut }: Place): readonly string[] {
  if (!isPureBut) return []
  const allowed = isPureBut.map(path => join(root, folder, path))
  // Programs beside the sources, such as those that write a README's tables, are not of the library.
  const sources = join(root, folder, 'src')
  return sourceFiles(existsSync(sources) ? sources : join(root, folder)).flatMap(file => {
    if (isTestOrBench(file) || allowed.some(path => file === path || file.startsWith(`${path}/`))) return []
    const source = uncommented(readFileSync(file, 'utf8'))
    const found = AMBIENT.exec(source)?.[0] ?? importsOf(source).find(name => name.startsWith('node:'))
    if (found === undefined) return []
    return [`${file.slice(root.length + 1)} has ${found}, but ${folder} is pure: hand it in as a port`]
  })
}

/** Files of which each needs another to be loaded first, in a circle, or stands between two circles. Types need nobody. */
export function filesInCircles(root: string): readonly string[] {
  const files = new Set(['packages', 'mock-broker', 'examples'].flatMap(folder => sourceFiles(join(root, folder))))
  const needs = new Map(
    [...files].map(file => {
      const names = valueImportsOf(uncommented(readFileSync(file, 'utf8')))
      return [file, names.map(name => join(file, '..', name)).filter(path => files.has(path))]
    }),
  )
  // What nobody needs, and what needs nobody, is in no circle.
  for (let before = -1; before !== needs.size; ) {
    before = needs.size
    const needed = new Set([...needs.values()].flat())
    for (const [file, others] of needs)
      if (!needed.has(file) || !others.some(other => needs.has(other))) needs.delete(file)
  }
  return [...needs.keys()].map(file => file.slice(root.length + 1)).sort()
}

/** Module names of the static imports and re-exports that load something. */
export function valueImportsOf(source: string): readonly string[] {
  const pattern =
    /(?:^|[\n;])(?:import|export)\s+(?!type\s)([^'"`;]*?)from\s*['"]([^'"]+)['"]|(?:^|[\n;])import\s*['"]([^'"]+)['"]/g
  return [...source.matchAll(pattern)].flatMap(([, names = '', from, alone]) => {
    const [, inner = null] = /^\s*\{([\s\S]*)\}\s*$/.exec(names) ?? []
    const areTypes = inner?.split(',').every(name => /^\s*(?:type\s|$)/.test(name)) ?? false
    return areTypes ? [] : [from ?? alone ?? '']
  })
}

const uncommented = (source: string): string => source.replaceAll(/\/\*[\s\S]*?\*\/|(?<![:'"`])\/\/[^\n]*/g, '')

function wrongImports(root: string, place: Place): readonly string[] {
  return sourceFiles(join(root, place.folder)).flatMap(file => {
    if (isTestOrBench(file)) return []
    const shown = file.slice(root.length + 1)
    return importsOf(readFileSync(file, 'utf8')).flatMap(name => {
      const forbidden = Object.entries(place.mustNotImport ?? {}).find(([other]) => isOf(name, other))
      if (forbidden) return [`${shown} imports ${name}, but ${place.folder} must not: ${forbidden[1]}`]
      const ours = OURS.exec(name)?.[0]
      if (ours && !place.mayImport.includes(ours))
        return [`${shown} imports ${name}, but ${place.folder} may import ${list(place.mayImport)}: ${place.because}`]
      return escapes(
        file,
        name,
        [place.folder, ...(place.mayReach ?? [])].map(folder => join(root, folder)),
      )
        ? [`${shown} imports ${name}, which lies outside ${place.folder}: ${place.because}`]
        : []
    })
  })
}

function wrongDependencies(root: string, place: Place): readonly string[] {
  const path = join(root, place.folder, 'package.json')
  const text = readIfThere(path)
  if (text === null) return []
  const { dependencies = {} } = JSON.parse(text) as { dependencies?: Record<string, string> }
  return Object.keys(dependencies).flatMap(name => {
    const reason = place.mustNotImport?.[name]
    if (reason) return [`${place.folder}/package.json depends on ${name}: ${reason}`]
    if (OURS.test(name) && !place.mayImport.includes(name))
      return [
        `${place.folder}/package.json depends on ${name}, but may depend on ${list(place.mayImport)}: ${place.because}`,
      ]
    return []
  })
}

/** Module names of every static import, re-export and dynamic import. */
export function importsOf(source: string): readonly string[] {
  const pattern =
    /(?:^|[\s;}])(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|(?:^|[\s;}])import\s*['"]([^'"]+)['"]|\bimport\s*\(\s*['"]([^'"]+)['"]/g
  return [...source.matchAll(pattern)].map(match => match[1] ?? match[2] ?? match[3] ?? '')
}

const isOf = (name: string, other: string): boolean =>
  other === 'node' ? name.startsWith('node:') : name === other || name.startsWith(`${other}/`)

/** Siblings are reached by their names, never by a path into their folder. */
function escapes(file: string, name: string, folders: readonly string[]): boolean {
  return name.startsWith('.') && !folders.some(folder => join(file, '..', name).startsWith(`${folder}/`))
}

const isTestOrBench = (file: string): boolean => /\.test\.tsx?$|\/(?:bench|proof|simulation|testing|test)\//.test(file)

const list = (names: readonly string[]): string => (names.length > 0 ? `only ${names.join(', ')}` : 'nothing of ours')

function sourceFiles(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    if (entry.name === 'node_modules' || entry.name === 'dist') return []
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return sourceFiles(path)
    return /\.tsx?$/.test(entry.name) ? [path] : []
  })
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
