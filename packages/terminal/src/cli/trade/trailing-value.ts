import { Decimal, type TrailingStop } from '@scalpdesk/sdk'

/** `DISTANCE:STEP`, in points, as the command line has checked it. */
export function trailingOf(text: string): TrailingStop {
  const [distance = '0', step = '0'] = text.split(':')
  return { distancePoints: new Decimal(distance), stepPoints: new Decimal(step) }
}
