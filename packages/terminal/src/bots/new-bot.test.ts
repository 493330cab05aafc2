import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { runNewBot } from './new-bot.ts'

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'new-bot-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

it('takes packed packages where no registry has them', async () => {
  const folder = emptyFolder()
  for (const name of ['scalpdesk-0.1.0.tgz', 'scalpdesk-bots-0.1.0.tgz', 'scalpdesk-sdk-0.1.0.tgz'])
    writeFileSync(join(folder, name), '')
  await runNewBot(join(folder, 'packed-bot'), { env: null, packages: folder })
  expect(JSON.parse(readFileSync(join(folder, 'packed-bot/package.json'), 'utf8'))).toMatchObject({
    dependencies: { '@scalpdesk/bots': `file:${folder}/scalpdesk-bots-0.1.0.tgz` },
    overrides: { '@scalpdesk/sdk': `file:${folder}/scalpdesk-sdk-0.1.0.tgz` },
  })
  await expect(
    runNewBot(join(folder, 'other-bot'), { env: null, packages: join(folder, 'packed-bot') }),
  ).rejects.toThrow('expected packed packages such as scalpdesk-bots-0.1.0.tgz')
})

it('refuses a name that is none, and a folder that has something in it', async () => {
  const folder = emptyFolder()
  await expect(runNewBot(join(folder, 'First Bot'), { env: null })).rejects.toThrow(
    'expected a name in lower-case words with hyphens, such as first-bot, but got First Bot',
  )
  const taken = join(folder, 'taken-bot')
  mkdirSync(taken)
  writeFileSync(join(taken, 'notes'), '')
  await expect(runNewBot(taken, { env: null })).rejects.toThrow('expected a new folder')
})

it('leaves nothing half-done where the place cannot take it', async () => {
  const folder = emptyFolder()
  writeFileSync(join(folder, 'file'), '')
  await expect(runNewBot(join(folder, 'file'), { env: null })).rejects.toThrow('is there already')
  await expect(runNewBot(join(folder, 'file/new-bot'), { env: null })).rejects.toThrow(
    /expected to write a new bot into/,
  )
  await expect(runNewBot(join(folder, 'nowhere/new-bot'), { env: null })).rejects.toThrow(
    /no such file or directory.* Nothing is left of it$/,
  )
  expect(readdirSync(folder)).toEqual(['file'])
})
