/** Where values lie along an axis. Only places are computed here, never a figure that is printed. */
export interface Scale {
  readonly from: number
  readonly to: number
  /** 0 at `from`, 1 at `to`. */
  share(value: number): number
}

export function scaleOf(from: number, to: number): Scale {
  const span = to - from
  return { from, to, share: value => (span === 0 ? 0.5 : (value - from) / span) }
}

/** Round values between two, about so many: 1, 2 or 5 times a power of ten apart. */
export function roundSteps(from: number, to: number, wanted: number): readonly { value: number; label: string }[] {
  const span = to - from
  if (!(span > 0)) return []
  const rough = span / wanted
  const power = Math.floor(Math.log10(rough))
  const unit = 10 ** power
  const factor = [1, 2, 5, 10].find(one => one * unit >= rough) ?? 10
  const step = factor * unit
  const digits = Math.max(0, -Math.floor(Math.log10(step)))
  const steps: { value: number; label: string }[] = []
  for (let at = Math.ceil(from / step); at * step <= to + step * 1e-9; at += 1) {
    const value = at * step
    steps.push({ value, label: (at === 0 ? 0 : value).toFixed(digits) })
  }
  return steps
}

/** To a tenth of a pixel or a thousandth of a percent: more is not seen and makes the file larger. */
export function place(value: number): string {
  return String(Math.round(value * 10) / 10)
}

export function percent(share: number): string {
  return `${Math.round(share * 10_000) / 100}%`
}
