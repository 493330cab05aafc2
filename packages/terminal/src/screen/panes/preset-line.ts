import type { Texts } from '../../texts/texts.ts'
import { fittingLine, type Line } from '../line.ts'
import { span } from '../looks.ts'
import type { ArmingView, PresetView } from '../view.ts'

/** What one entry key will send; while none is sent, first why not. A narrow line gives up the other sizes, the name, the limit. */
export function presetLine(preset: PresetView, arming: ArmingView, width: number, texts: Texts): Line {
  const [name, sizes, size] = [nameLine(preset), sizesLine(preset, texts), sizeLine(preset, texts)]
  const [stop, limit] = [stopLine(preset, texts), limitLine(preset, texts)]
  const full = [...name, ...sizes, ...stop, ...limit]
  const bare = [...size, ...stop]
  if (arming.kind === 'armed')
    return fittingLine(
      width,
      full,
      [...sizes, ...stop, ...limit],
      [...name, ...bare, ...limit],
      [...bare, ...limit],
      bare,
    )
  const off = offLine(arming, texts)
  return fittingLine(width, [...off, ...full], [...off, ...bare, ...limit], [...off, ...bare], off)
}

function offLine(arming: Exclude<ArmingView, { kind: 'armed' }>, texts: Texts): Line {
  const why = arming.why === null ? '' : `: ${arming.why}`
  return [span(` ${texts.states.entriesOff}${why} `, 'wait'), span(' ')]
}

function nameLine({ name }: PresetView): Line {
  return name === '' ? [] : [span(` ${name}`, 'strong'), span(' ·', 'label')]
}

/** Every size with its key, the chosen one marked by signs too. */
function sizesLine(preset: PresetView, texts: Texts): Line {
  if (preset.sizes.length < 2) return sizeLine(preset, texts)
  return [
    span(` ${texts.preset.size}`, 'label'),
    ...preset.sizes.flatMap(({ key, size, isChosen }) =>
      isChosen ? [span(' '), span(`›${key}:${size}‹`, 'chosen')] : [span(` ${key}:`, 'label'), span(size)],
    ),
  ]
}

function sizeLine({ size }: PresetView, texts: Texts): Line {
  return [span(` ${texts.preset.size} `, 'label'), span(size, 'strong')]
}

function stopLine({ stop, stopKind }: PresetView, texts: Texts): Line {
  const kind = stopKind === null ? '' : texts.preset.stopKind[stopKind]
  return [
    span(` · ${texts.preset.stop} `, 'label'),
    stop === null ? span(texts.preset.none, 'bad') : span(kind === '' ? stop : `${stop} ${kind}`, 'strong'),
  ]
}

function limitLine({ limit }: PresetView, texts: Texts): Line {
  return [span(` · ${texts.preset.limit} `, 'label'), limit === null ? span(texts.states.none) : span(limit, 'strong')]
}
