import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { auditVerdict, toldVerdict } from './audit-verdict.ts'

describe('the audit', () => {
  const told = (name: string) => ({
    module_name: name,
    severity: 'high',
    title: 'Reads too far',
    url: 'https://advisories.example/1',
    findings: [{ version: '1.0.0' }],
  })
  const printed = JSON.stringify({ advisories: { 1: told('ws'), 2: told('vitest') }, metadata: {} })

  it('fails on a weakness in what is shipped, and tells of one in our tools', () => {
    const { lines, status } = toldVerdict(auditVerdict({ printed, complaint: '' }, new Set(['ws'])), false)
    expect(status).toBe(1)
    expect(lines).toEqual([
      'audit: SHIPPED: ws 1.0.0: high: Reads too far (https://advisories.example/1)',
      'audit: in our tools only: vitest 1.0.0: high: Reads too far (https://advisories.example/1)',
      'audit: done: 1 known weaknesses in what is shipped, 1 in what we work with',
    ])
    expect(toldVerdict(auditVerdict({ printed, complaint: '' }, new Set()), false).status).toBe(0)
  })

  it.each(['', 'not JSON', '{"error":{"code":"ERR_PNPM_AUDIT_BAD_RESPONSE"}}', '{"advisories":null}'])(
    'that nobody answered (%j) is never told as one that found nothing',
    printed => {
      const verdict = auditVerdict({ printed, complaint: '' }, new Set())
      expect(toldVerdict(verdict, false)).toMatchObject({ status: 0 })
      expect(toldVerdict(verdict, false).lines.join('\n')).toContain('NOT DONE')
      expect(toldVerdict(verdict, true).status).toBe(1)
    },
  )
})

describe('the command, with a registry on this machine', () => {
  const weakness = {
    id: 1,
    url: 'https://advisories.example/1',
    title: 'Reads too far',
    severity: 'high',
    vulnerable_versions: '>=0.0.1',
  }

  it('fails on a weakness of a package that is shipped', async () => {
    const { text, status } = await audited(200, { ws: [weakness] })
    expect(text).toMatch(/^audit: SHIPPED: ws \S+: high: Reads too far/m)
    expect(status).toBe(1)
  })

  it('passes and says so where the registry knows of none', async () => {
    const { text, status } = await audited(200, {})
    expect(text).toBe('audit: done: 0 known weaknesses in what is shipped, 0 in what we work with\n')
    expect(status).toBe(0)
  })

  it('passes loudly where the registry refuses to answer, and fails where an answer is required', async () => {
    const told = await audited(405, {})
    expect(told.text).toMatch(/^!+\naudit: NOT DONE: the registry gave no audit \(ERR_PNPM_\w+\)[^\n]*\n!+\n$/)
    expect(told.status).toBe(0)
    expect((await audited(405, {}, '--required')).status).toBe(1)
  })
})

/** The command as CI runs it, asking a registry that answers so. */
async function audited(status: number, answer: object, ...options: readonly string[]) {
  const registry = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(status).end(JSON.stringify(answer)))
  })
  onTestFinished(() => void registry.close())
  await new Promise<void>(resolve => registry.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(registry.address() as AddressInfo).port}/`
  const command = fileURLToPath(new URL('./audit.ts', import.meta.url))
  const child = spawn(process.execPath, [command, '--registry', url, ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  child.stdout.setEncoding('utf8').on('data', chunk => {
    text += chunk
  })
  const code = await new Promise<number | null>(resolve => child.on('close', resolve))
  return { text, status: code }
}
