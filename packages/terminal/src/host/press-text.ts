import type { Intent, LegPlace, PresetStop, PressedBy } from '@scalpdesk/desk'
import { type DealId, Decimal, type Direction, dealId, type Epic, epic, type GoodTill } from '@scalpdesk/sdk'

/** What a command may want of a desk. Arming, locking and choosing are the trader's own, on the screen. */
export type PressIntent =
  | Extract<
      Intent,
      {
        kind:
          | 'enter'
          | 'place'
          | 'close'
          | 'flatten'
          | 'cancel'
          | 'breakeven'
          | 'set-leg'
          | 'tighten'
          | 'trail'
          | 'remove-limit'
      }
    >
  | PressedReverse

/** Of what is meant, and of nothing that somebody else opened meanwhile: with a position of another deal in the market nothing is sent. */
export interface PressedReverse extends Extract<Intent, { kind: 'reverse' }> {
  readonly as: NonNullable<Extract<Intent, { kind: 'reverse' }>['as']>
  readonly of: readonly DealId[]
}

export interface Press {
  readonly intent: PressIntent
  readonly by: PressedBy
  /** The second deliberate act that an order on live takes: what was typed, or spelled. */
  readonly consent?: string
}

/** As plain JSON; every figure is a decimal as text. */
export function pressText({ intent, by, consent }: Press): string {
  return JSON.stringify({ by, ...(consent !== undefined && { consent }), ...intent }, inDigits)
}

/** A decimal by itself writes small figures with an exponent. */
function inDigits(this: Readonly<Record<string, unknown>>, name: string, value: unknown): unknown {
  const figure = this[name]
  return Decimal.isDecimal(figure) ? figure.toFixed() : value
}

/** Why a press was not taken. */
export class PressProblem extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'PressProblem'
  }
}

/** Checks what anybody may have written. Nothing that is not expected is let through. @throws PressProblem */
export function readPress(value: unknown): Press {
  const fields = new Fields(value)
  const by = pressedBy(fields.text('by'))
  const consent = fields.optional('consent', name => fields.text(name).slice(0, LONGEST_CONSENT))
  const intent = readIntent(fields)
  fields.end()
  return { intent, by, ...consent }
}

/** An account's id and an epic are shorter. */
const LONGEST_CONSENT = 200

function readIntent(fields: Fields): PressIntent {
  const kind = fields.text('kind')
  switch (kind) {
    case 'enter':
      return {
        kind,
        epic: fields.epic('epic'),
        direction: fields.direction(),
        ...fields.optional('size', name => fields.amount(name)),
        ...fields.optional('stop', name => fields.nullable(name, () => readStop(fields.part(name)))),
        ...fields.optional('limitPoints', name => fields.nullable(name, () => fields.amount(name))),
      }
    case 'place':
      return {
        kind,
        epic: fields.epic('epic'),
        direction: fields.direction(),
        orderKind: fields.oneOf('orderKind', ['limit', 'stop']),
        level: fields.amount('level'),
        ...fields.optional('size', name => fields.amount(name)),
        ...fields.optional('stopPoints', name => fields.nullable(name, () => fields.amount(name))),
        ...fields.optional('limitPoints', name => fields.nullable(name, () => fields.amount(name))),
        ...fields.optional('goodTill', name => readGoodTill(fields, name)),
      }
    case 'reverse': {
      const as = fields.part('as')
      const reversed = {
        size: as.oneOf('size', ['held']),
        stop: as.nullable('stop', () => readStop(as.part('stop'))),
        limitPoints: as.nullable('limitPoints', () => as.amount('limitPoints')),
      }
      as.end()
      return { kind, epic: fields.epic('epic'), as: reversed, of: fields.dealIds('of') }
    }
    case 'close': {
      const part = fields.value('part')
      return {
        kind,
        dealId: fields.dealId('dealId'),
        part: part === 'all' || part === 'half' || part === 'quarter' ? part : readSize(fields.part('part')),
      }
    }
    case 'flatten':
      return { kind, scope: readScope(fields.part('scope')) }
    case 'cancel': {
      const orders = fields.part('orders')
      const named = { dealId: orders.dealId('dealId') }
      orders.end()
      return { kind, orders: named }
    }
    case 'breakeven':
    case 'remove-limit':
      return { kind, target: readTarget(fields) }
    case 'tighten':
      return { kind, byPoints: fields.amount('byPoints'), target: readTarget(fields) }
    case 'set-leg':
      return {
        kind,
        leg: fields.oneOf('leg', ['stop', 'limit']),
        to: readPlace(fields.part('to')),
        target: readTarget(fields),
      }
    case 'trail':
      return {
        kind,
        trailing: fields.nullable('trailing', () => {
          const part = fields.part('trailing')
          const trailing = { distancePoints: part.amount('distancePoints'), stepPoints: part.amount('stepPoints') }
          part.end()
          return trailing
        }),
        target: readTarget(fields),
      }
    default:
      throw new PressProblem(`expected something that a command can want, but got ${shown(kind)}`)
  }
}

function pressedBy(text: string): PressedBy {
  if (text === 'command') return text
  const [, name] = /^bot:([\w .-]{1,60})$/.exec(text) ?? []
  if (name !== undefined) return `bot:${name}`
  throw new PressProblem(`expected by to be command or bot:NAME, but got ${shown(text)}`)
}

function readStop(part: Fields): PresetStop {
  const kind = part.oneOf('kind', ['normal', 'guaranteed', 'trailing'])
  const distancePoints = part.amount('distancePoints')
  const stop: PresetStop =
    kind === 'trailing' ? { kind, distancePoints, stepPoints: part.amount('stepPoints') } : { kind, distancePoints }
  part.end()
  return stop
}

function readGoodTill(fields: Fields, name: string): GoodTill {
  if (fields.value(name) === 'cancelled') return 'cancelled'
  const part = fields.part(name)
  const atMs = part.value('atMs')
  part.end()
  if (typeof atMs === 'number' && Number.isSafeInteger(atMs) && atMs > 0) return { atMs }
  throw new PressProblem(`expected ${name} to be a time in milliseconds, but got ${shown(atMs)}`)
}

function readSize(part: Fields): { readonly size: Decimal } {
  const size = part.amount('size')
  part.end()
  return { size }
}

function readScope(part: Fields): Extract<PressIntent, { kind: 'flatten' }>['scope'] {
  const kind = part.oneOf('kind', ['account', 'market'])
  const scope = kind === 'account' ? { kind } : { kind, epic: part.epic('epic') }
  part.end()
  return scope
}

function readTarget(fields: Fields): { readonly dealId: DealId } {
  const part = fields.part('target')
  const target = { dealId: part.dealId('dealId') }
  part.end()
  return target
}

function readPlace(part: Fields): LegPlace {
  const place = part.has('level') ? { level: part.amount('level') } : { points: part.amount('points') }
  part.end()
  return place
}

/** The fields of one object, each looked at once. */
class Fields {
  readonly #values: ReadonlyMap<string, unknown>
  readonly #seen = new Set<string>()

  constructor(value: unknown) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new PressProblem(`expected an object, but got ${shown(value)}`)
    this.#values = new Map(Object.entries(value))
  }

  has(name: string): boolean {
    return this.#values.has(name)
  }

  value(name: string): unknown {
    this.#seen.add(name)
    return this.#values.get(name)
  }

  part(name: string): Fields {
    return new Fields(this.value(name))
  }

  text(name: string): string {
    const value = this.value(name)
    if (typeof value === 'string') return value
    throw new PressProblem(`expected ${name} to be text, but got ${shown(value)}`)
  }

  oneOf<Name extends string>(name: string, names: readonly Name[]): Name {
    const value = this.value(name)
    const found = names.find(each => each === value)
    if (found !== undefined) return found
    throw new PressProblem(`expected ${name} to be ${names.join(' or ')}, but got ${shown(value)}`)
  }

  direction(): Direction {
    return this.oneOf('direction', ['BUY', 'SELL'])
  }

  /** A size, a level or a distance: above 0, and no more digits than anybody means. */
  amount(name: string): Decimal {
    const value = this.value(name)
    if (typeof value === 'string' && /^\d{1,12}(\.\d{1,12})?$/.test(value) && !/^[0.]+$/.test(value))
      return new Decimal(value)
    throw new PressProblem(`expected ${name} to be a decimal above 0 as text, but got ${shown(value)}`)
  }

  epic(name: string): Epic {
    return this.#named(name, epic)
  }

  dealId(name: string): DealId {
    return this.#named(name, dealId)
  }

  dealIds(name: string): readonly DealId[] {
    const value = this.value(name)
    if (!Array.isArray(value) || value.length === 0 || value.length > MOST_DEALS)
      throw new PressProblem(`expected ${name} to be a list of 1 to ${MOST_DEALS} deals, but got ${shown(value)}`)
    return value.map((each: unknown) => new Fields({ [name]: each }).dealId(name))
  }

  #named<Name>(name: string, make: (text: string) => Name): Name {
    const text = this.text(name)
    try {
      return make(text)
    } catch {
      throw new PressProblem(`expected ${name} to be one of IG's names, but got ${shown(text)}`)
    }
  }

  nullable<Value>(name: string, read: () => Value): Value | null {
    return this.value(name) === null ? null : read()
  }

  optional<Name extends string, Value>(name: Name, read: (name: Name) => Value): { [Key in Name]?: Value } {
    const found: { [Key in Name]?: Value } = {}
    if (this.has(name)) found[name] = read(name)
    return found
  }

  /** @throws PressProblem for a field that nobody asked for: who wrote it believes something that is not so */
  end(): void {
    for (const name of this.#values.keys())
      if (!this.#seen.has(name)) throw new PressProblem(`expected no field ${shown(name)}, but got one`)
  }
}

/** Our choice: more than anybody holds in one market. */
const MOST_DEALS = 100

function shown(value: unknown): string {
  if (value === undefined) return 'nothing'
  const text = JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
