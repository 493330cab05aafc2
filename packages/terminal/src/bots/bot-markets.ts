import type { Preset } from '@scalpdesk/desk'
import { type Epic, epic as epicOf } from '@scalpdesk/sdk'
import { EXIT, ExitError } from '../exit-status.ts'
import { DEFAULT_EPIC } from '../session/default-presets.ts'
import type { FoundSettings } from '../settings/read-settings.ts'

/** What a bot trades: as the command says, else as its strategy does, else the usual market. */
export function botMarkets(told: readonly string[], own: readonly string[]): readonly [Epic, ...Epic[]] {
  const [first, ...others] = told.length > 0 ? told : own
  return first === undefined ? [DEFAULT_EPIC] : [named(first), ...others.map(named)]
}

function named(text: string): Epic {
  try {
    return epicOf(text)
  } catch {
    throw new ExitError(
      EXIT.usage,
      `expected an epic such as CS.D.EURUSD.CFD.IP, but got ${text}; scalpdesk markets TEXT finds one`,
    )
  }
}

/** @throws ExitError where a market has no preset of that name */
export function namedPreset({ markets }: FoundSettings, epic: Epic, name: string): Preset {
  const presets = markets.find(market => market.epic === epic)?.presets ?? []
  const found = presets.find(preset => preset.name === name)
  if (found) return found
  const known = presets.map(preset => preset.name).join(', ') || 'none'
  throw new ExitError(
    EXIT.usage,
    `expected a preset of ${epic} (the settings have ${known}), but got ${name}; add it to the settings, or leave --preset out`,
  )
}
