/** What a report may look like. */
export const REPORT_FORMATS = ['table', 'csv', 'json', 'md', 'html', 'xlsx'] as const
export type ReportFormat = (typeof REPORT_FORMATS)[number]
