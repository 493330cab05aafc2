import { closeSync, openSync, writeSync } from 'node:fs'
import { seededRandom } from '@scalpdesk/testkit'

/** Made ticks of EUR/USD in the CSV of dukascopy-node, about 200 ms apart: a walk of whole units with a spread of 6 to 9. */
export function writeTicks(path: string, count: number): void {
  const random = seededRandom(11)
  const handle = openSync(path, 'w')
  let [atMs, bid, text] = [Date.UTC(2026, 0, 5), 108_512, 'timestamp,askPrice,bidPrice,askVolume,bidVolume\n']
  for (let tick = 0; tick < count; tick++) {
    atMs += 1 + Math.floor(random.next() * 400)
    bid += Math.round((random.next() - 0.5) * 6)
    if (bid < 100_001 || bid > 119_000) bid = 108_512
    const offer = bid + 6 + Math.floor(random.next() * 4)
    text += `${atMs},1.${String(offer - 100_000).padStart(5, '0')},1.${String(bid - 100_000).padStart(5, '0')},1,1\n`
    if (text.length > 1 << 20) {
      writeSync(handle, text)
      text = ''
    }
  }
  writeSync(handle, text)
  closeSync(handle)
}
