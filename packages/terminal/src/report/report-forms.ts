import {
  csvFiles,
  htmlText,
  jsonText,
  markdownText,
  type PriceMarks,
  type Report,
  screenText,
  xlsxBytes,
} from '@scalpdesk/reports'
import type { ReportFormat } from './report-formats.ts'

export interface MadeReport {
  readonly report: Report
  /** On which the page draws the trades. */
  readonly prices: readonly PriceMarks[]
}

/** A form that is one text or one file. */
export type SingleFormat = Exclude<ReportFormat, 'csv'>

export function formOf(
  { report, prices }: MadeReport,
  format: SingleFormat,
  screen: { readonly columns: number; readonly hasColour: boolean },
): string | Uint8Array {
  switch (format) {
    case 'table':
      return screenText(report, screen)
    case 'json':
      return jsonText(report)
    case 'md':
      return markdownText(report)
    case 'html':
      return htmlText(report, { prices })
    case 'xlsx':
      return xlsxBytes(report)
  }
}

/** Where nobody names a place: `reports/WORLD/ACCOUNT/2026-01-05.html`, of several days `2026-01-05_2026-01-09.html`. */
export function usualName({ report: { span } }: MadeReport, format: ReportFormat): string {
  const days = span.from === span.to ? span.from : `${span.from}_${span.to}`
  return format === 'csv' ? `${days}-csv` : `${days}.${format === 'table' ? 'txt' : format}`
}

export const csvFilesOf = ({ report }: MadeReport): ReturnType<typeof csvFiles> => csvFiles(report)
