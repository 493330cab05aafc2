/** Where in the settings: names of fields and numbers of list entries, from the top. */
export type SettingPath = readonly (string | number)[]

/** `guard.markets["IX.D.DAX.IFD.IP"].maxOrderSize`; the whole is `settings`. */
export function pathText(path: SettingPath): string {
  const text = path.map(step => {
    if (typeof step === 'number') return `[${step}]`
    return PLAIN_NAME.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`
  })
  return text.join('').replace(/^\./, '') || 'the settings'
}

/**
 * Reads what {@link pathText} writes; a number may also stand between dots, as in `markets.0.epic`.
 * @returns null when it is no path.
 */
export function parsePath(text: string): SettingPath | null {
  const steps: (string | number)[] = []
  const part = /(?:^|\.)([A-Za-z$][\w$-]*|\d+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/gy
  while (part.lastIndex < text.length) {
    const [, plain, index, quoted] = part.exec(text) ?? []
    if (plain !== undefined) steps.push(plain)
    else if (index !== undefined) steps.push(Number(index))
    else if (quoted !== undefined) {
      const name = unquoted(quoted)
      if (name === null) return null
      steps.push(name)
    } else return null
  }
  return steps.length > 0 ? steps : null
}

const PLAIN_NAME = /^[A-Za-z$][\w$-]*$|^\d+$/

function unquoted(text: string): string | null {
  try {
    return JSON.parse(text) as string
  } catch {
    return null
  }
}
