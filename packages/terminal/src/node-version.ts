/** The oldest Node that the program runs on, as `engines` in package.json says. */
const OLDEST = [22, 19] as const

/**
 * Why this Node cannot run the program, or null. Asked before anything is used that an older one lacks: npm only warns of `engines`.
 * @param version as in `process.versions.node`
 */
export function tooOld(version: string): string | null {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return null
  return `expected Node ${OLDEST.join('.')} or newer, but this is ${version}; install one from https://nodejs.org`
}
