import { Box, type DOMElement } from 'ink'
import { useCallback } from 'react'
import { useScreenContext } from './screen-context.ts'

/** Reserves a place whose content is painted past React: a figure that changes with every tick. */
export function Slot(props: { readonly id: string; readonly width: number; readonly height: number }) {
  const { slots } = useScreenContext()
  const { id } = props
  const register = useCallback(
    (element: DOMElement | null) => {
      if (element === null) slots.delete(id)
      else slots.set(id, element)
    },
    [slots, id],
  )
  return <Box ref={register} width={props.width} height={props.height} flexShrink={0} />
}
