import { fileDigest, type SessionSpec } from '../rerun/session-spec.ts'

const MONDAY_MS = Date.UTC(2026, 0, 5, 9)

/** A session of EUR/USD on this tape, on a Monday morning in Paris. */
export function mondaySession(file: string, mock: SessionSpec['mock'] = {}): SessionSpec {
  return {
    version: 1,
    program: '0.1.0',
    startMs: MONDAY_MS,
    zone: 'Europe/Paris',
    tape: { file, sha256: fileDigest(file) },
    mock: { seed: 7, ...mock },
    markets: { epic: ['CS.D.EURUSD.CFD.IP'] },
  }
}
