/**
 * A process that changes settings again and again: `node settings-writer.ts HOME NAME COUNT`. Each change adds a market to the
 * limits, and its epic is printed once it is written.
 */
import { writeSync } from 'node:fs'
import { systemClock } from '@scalpdesk/sdk'
import { NEW_FILE, withSetting } from '../settings/settings-edit.ts'
import { changeSettings } from '../settings/settings-store.ts'

const [home = '', name = '', count = '0'] = process.argv.slice(2)

for (let at = 0; at < Number(count); ) {
  const epic = `${name}.${String(at).padStart(6, '0')}`
  const written = changeSettings(
    home,
    text => {
      const edited = withSetting(text ?? NEW_FILE, ['guard', 'markets', epic], '{"maxOrderSize": 0.10}')
      return edited.kind === 'text' ? edited : { kind: 'refused', words: edited.problems.join('\n') }
    },
    { clock: systemClock },
  )
  if (written.kind === 'refused') throw new Error(written.words)
  if (written.kind !== 'written') continue
  writeSync(1, `${epic}\n`)
  at++
}
