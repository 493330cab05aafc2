import { type ParameterSchema, type ParameterValues, parameterValues, readValue } from '@scalpdesk/bots'
import { EXIT, ExitError } from '../exit-status.ts'

/**
 * The values of one bot out of all `--param`: `name=value` is for every bot that has the parameter, `BOT.name=value` for one.
 * @throws ExitError for one that is written wrongly, and for a value that the parameter does not take
 */
export function toldParameters(
  bot: string,
  schema: ParameterSchema,
  told: readonly string[],
): ParameterValues<ParameterSchema> {
  try {
    const values = told.flatMap(text => {
      const { of, name, value } = partsOf(text)
      if (of !== null && of !== bot) return []
      const parameter = Object.hasOwn(schema, name) ? schema[name] : undefined
      return parameter ? [[name, readValue(name, parameter, value)] as const] : []
    })
    return parameterValues(schema, Object.fromEntries(values))
  } catch (error) {
    throw error instanceof Error ? new ExitError(EXIT.usage, `${bot}: ${error.message}`) : error
  }
}

/** @throws ExitError for a parameter that none of the bots has */
export function checkTold(
  bots: readonly { readonly name: string; readonly schema: ParameterSchema }[],
  told: readonly string[],
): void {
  for (const text of told) {
    const { of, name } = partsOf(text)
    if (bots.some(bot => (of === null || of === bot.name) && Object.hasOwn(bot.schema, name))) continue
    const known = bots.flatMap(bot =>
      Object.keys(bot.schema).map(each => (bots.length > 1 ? `${bot.name}.${each}` : each)),
    )
    const expected =
      known.length === 0 ? 'no --param, because there are no parameters' : `--param of ${known.join(', ')}`
    throw new ExitError(EXIT.usage, `expected ${expected}, but got ${text}; correct it`)
  }
}

function partsOf(text: string): { readonly of: string | null; readonly name: string; readonly value: string } {
  const [, of, name, value] = /^(?:([a-z0-9-]+)\.)?([A-Za-z][A-Za-z0-9]*)=(.+)$/.exec(text) ?? []
  if (name !== undefined && value !== undefined) return { of: of ?? null, name, value }
  throw new ExitError(EXIT.usage, `expected --param as name=value, but got ${text || 'nothing'}; write it so`)
}
