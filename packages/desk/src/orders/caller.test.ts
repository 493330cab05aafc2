import { expect, it } from 'vitest'
import { readRecord } from '../journal/record.ts'
import { EURUSD } from '../testing/desk-fixtures.ts'
import { aReadyDesk, buy } from '../testing/driven-desk.ts'

it('writes down who pressed, where it was no key', () => {
  const desk = aReadyDesk()
  desk.want({ kind: 'enter', epic: EURUSD, direction: 'BUY' }, 'command')
  expect(desk.recorded('about-to-open')).toMatchObject([{ by: 'command' }])
})

it('writes nothing of it down for a key, which is who presses mostly', () => {
  const desk = aReadyDesk()
  desk.want({ kind: 'enter', epic: EURUSD, direction: 'BUY' }, 'key')
  desk.pass(1_000)
  desk.press('SELL')
  for (const record of desk.recorded('about-to-open')) expect(record).not.toHaveProperty('by')
})

it('still knows it of what is sent long after the press', () => {
  const desk = aReadyDesk()
  buy(desk, 'DI1')
  desk.want({ kind: 'flatten', scope: { kind: 'account' } }, 'bot:grid')
  expect(desk.recorded('about-to-close')).toMatchObject([{ by: 'bot:grid' }])
})

it.each(['key', 'command', 'bot:grid', undefined])('reads back what it wrote: %s', by => {
  const { record } = announced(by)
  expect(readRecord(record, 1, 'line 1')).toMatchObject({ kind: 'known' })
})

it('names what is nobody', () => {
  expect(readRecord(announced('bot:').record, 1, 'line 1')).toEqual({
    kind: 'wrong',
    words: 'line 1, about-to-cancel: expected by to be key, command or bot:NAME, or left out, but it is "bot:"',
  })
})

function announced(by: string | undefined) {
  const record = { kind: 'about-to-cancel', atMs: 0, id: 'R1.1', dealId: 'DI1', epic: EURUSD }
  return { record: by === undefined ? record : { ...record, by } }
}
