/** A published weakness of an installed package. */
export interface Advisory {
  readonly name: string
  readonly versions: readonly string[]
  readonly severity: string
  readonly title: string
  readonly url: string
}

export type AuditVerdict =
  /** There was no answer: nothing is known. */
  | { readonly kind: 'not-done'; readonly why: string }
  /** `shipped`: in what reaches who installs a package of ours. `tools`: in what only we use. */
  | { readonly kind: 'done'; readonly shipped: readonly Advisory[]; readonly tools: readonly Advisory[] }

/** What `pnpm audit --json` left behind. */
export interface AuditRun {
  /** Something else than an audit when the registry gave none. */
  readonly printed: string
  /** What it complained of. */
  readonly complaint: string
}

/** @param shippedNames of the packages that reach who installs ours */
export function auditVerdict({ printed, complaint }: AuditRun, shippedNames: ReadonlySet<string>): AuditVerdict {
  const advisories = read(printed)
  if (advisories === null)
    return { kind: 'not-done', why: /\bE[A-Z]+(?:_[A-Z]+)*\b/.exec(`${complaint} ${printed}`)?.[0] ?? 'no reason told' }
  return {
    kind: 'done',
    shipped: advisories.filter(({ name }) => shippedNames.has(name)),
    tools: advisories.filter(({ name }) => !shippedNames.has(name)),
  }
}

/** The lines to print, and the status to end with: a weakness that is shipped fails, one in our tools is told. */
export function toldVerdict(
  verdict: AuditVerdict,
  isRequired: boolean,
): { readonly lines: readonly string[]; readonly status: 0 | 1 } {
  if (verdict.kind === 'not-done')
    return {
      lines: [
        '!'.repeat(100),
        `audit: NOT DONE: the registry gave no audit (${verdict.why}), so nothing is known of weaknesses; run it where it does`,
        '!'.repeat(100),
      ],
      status: isRequired ? 1 : 0,
    }
  const { shipped, tools } = verdict
  return {
    lines: [
      ...shipped.map(each => `audit: SHIPPED: ${sentence(each)}`),
      ...tools.map(each => `audit: in our tools only: ${sentence(each)}`),
      `audit: done: ${shipped.length} known weaknesses in what is shipped, ${tools.length} in what we work with`,
    ],
    status: shipped.length > 0 ? 1 : 0,
  }
}

const sentence = ({ name, versions, severity, title, url }: Advisory): string =>
  `${name} ${versions.join(', ')}: ${severity}: ${title} (${url})`

interface Told {
  readonly module_name: string
  readonly severity: string
  readonly title: string
  readonly url: string
  readonly findings: readonly { readonly version: string }[]
}

function read(printed: string): readonly Advisory[] | null {
  let told: { readonly advisories?: Readonly<Record<string, Told>> }
  try {
    told = JSON.parse(printed)
  } catch {
    return null
  }
  if (typeof told.advisories !== 'object' || told.advisories === null) return null
  return Object.values(told.advisories).map(({ module_name: name, severity, title, url, findings }) => ({
    name,
    versions: findings.map(({ version }) => version),
    severity,
    title,
    url,
  }))
}
