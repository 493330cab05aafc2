import type { DOMElement } from 'ink'
import { createContext, useContext } from 'react'
import type { Looks } from '../looks.ts'

/** What every component may ask for: how things look, and where slots report themselves. */
export interface ScreenContextValue {
  readonly looks: Looks
  readonly slots: Map<string, DOMElement>
}

export const ScreenContext = createContext<ScreenContextValue | null>(null)

export function useScreenContext(): ScreenContextValue {
  const value = useContext(ScreenContext)
  if (value === null) throw new Error('expected a screen context above this component, but found none; wrap it in one')
  return value
}
