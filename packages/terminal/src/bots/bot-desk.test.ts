import { ACCOUNT, initialState } from '@scalpdesk/desk'
import { epic } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import { EXIT, ExitError } from '../exit-status.ts'
import { askedBotDesk } from './bot-desk.ts'

const looking = {
  state: initialState({ contracts: [], accountCurrency: 'EUR', limits: {} }),
  onQuote: () => () => true,
  onChange: () => () => true,
}

it("does not say that nothing was sent when another process's desk ends under a press, and sends nothing after it", async () => {
  let presses = 0
  const access = {
    other: 4711,
    async press() {
      presses++
      throw new ExitError(EXIT.unknown, 'the desk that was asked has ended')
    },
  }
  const desk = askedBotDesk(looking, access, () => null)
  expect(await desk.press({ kind: 'flatten', scope: ACCOUNT }, 'bot:guest')).toMatchObject({ outcome: 'unknown' })
  await expect(desk.press({ kind: 'flatten', scope: ACCOUNT }, 'bot:guest')).rejects.toThrow(
    'the desk of process 4711 has ended; nothing was sent',
  )
  expect(presses).toBe(1)
})

it("refuses what another process's desk does not take", async () => {
  const desk = askedBotDesk(
    looking,
    { other: 4711, press: () => Promise.reject(new Error('expected no press')) },
    () => null,
  )
  await expect(desk.press({ kind: 'arm' }, 'bot:guest')).rejects.toThrow(
    "expected what another process's desk takes, but got arm",
  )
  await expect(desk.press({ kind: 'reverse', epic: epic('CS.D.EURUSD.CFD.IP') }, 'bot:guest')).rejects.toThrow(
    'expected a position in CS.D.EURUSD.CFD.IP to reverse, but there is none; nothing was sent',
  )
})
