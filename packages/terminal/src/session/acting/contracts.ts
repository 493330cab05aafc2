import type { SizeKey } from '@scalpdesk/desk'
import { chosenContract } from '../screen-view.ts'
import { presetView } from '../view/preset-view.ts'
import { type Hands, want } from './hands.ts'

/** Chooses one of the sizes of the chosen preset. */
export function chooseSize(hands: Hands, sizeKey: SizeKey, pressedAtMs: number): void {
  const { look, state } = hands.now
  const { chosen, market } = chosenContract(state, look.chosen)
  choose(hands, chosen.name, sizeKey, pressedAtMs)
  const after = chosenContract(hands.desk.state, market.epic)
  if (after.sizeKey === sizeKey && after.chosen.name === chosen.name && after !== state.contracts.get(market.epic))
    hands.say(hands.words.said.size(sizeKey, presetView(after).size))
}

/** Chooses the preset after the chosen one, with the size that it begins with. */
export function chooseNextPreset(hands: Hands, pressedAtMs: number): void {
  const { look, state } = hands.now
  const { presets, chosen, market } = chosenContract(state, look.chosen)
  const names = [...presets.keys()]
  const next = names[(names.indexOf(chosen.name) + 1) % names.length]
  if (next === undefined || next === chosen.name) return hands.say(hands.words.said.onePreset(chosen.name))
  choose(hands, next, undefined, pressedAtMs)
  const after = chosenContract(hands.desk.state, market.epic)
  if (after.chosen.name === next) hands.say(hands.words.said.preset(next, presetView(after).size))
}

function choose(hands: Hands, name: string, sizeKey: SizeKey | undefined, pressedAtMs: number): void {
  const { look, state } = hands.now
  const { epic } = chosenContract(state, look.chosen).market
  const intent = { kind: 'choose-preset', epic, name, ...(sizeKey !== undefined && { sizeKey }) } as const
  want(hands, intent, pressedAtMs, hands.texts.actions['next-preset'])
}

/** Actions, and the keys of presets that they choose. */
export const SIZE_KEYS = {
  'size-1': 1,
  'size-2': 2,
  'size-3': 3,
  'size-4': 4,
  'size-5': 5,
  'size-6': 6,
  'size-7': 7,
  'size-8': 8,
  'size-9': 9,
} as const
