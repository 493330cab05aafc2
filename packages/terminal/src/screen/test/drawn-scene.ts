import { onTestFinished } from 'vitest'
import type { ScreenView } from '../view.ts'
import { type DrawnScreen, drawnScreen } from './drawn-screen.ts'

/** A screen that is closed with the test. */
export function opened(columns: number, rows: number, useColour = true): DrawnScreen {
  const drawn = drawnScreen(columns, rows, useColour)
  onTestFinished(() => drawn.close())
  return drawn
}

/** Two minutes of prices that rise and fall around the entry of the sample position, then the scene. */
export function sceneOn(columns: number, rows: number, view: ScreenView, useColour = true): DrawnScreen {
  const drawn = opened(columns, rows, useColour)
  for (let second = 0; second < 120; second += 1) {
    const mid = 1085165 + Math.abs((second % 90) - 45) * 20
    const feed = { first: mid, low: mid - 15, high: mid + 15, last: mid, decimals: 6 }
    const feeds = view.feeds.map(({ epic, ticks }) => ({ epic, ticks, ...feed }))
    drawn.show({ ...view, feeds }, second * 1000)
  }
  return drawn
}

export const withLook = (view: ScreenView, change: Partial<ScreenView['appearance']>): ScreenView => ({
  ...view,
  appearance: { ...view.appearance, ...change },
})
