import type { Report } from '../../report.ts'
import type { Table } from '../cell.ts'
import { guardTable, latencyTable, pressTable, sourceTable, summaryTable } from './desk-tables.ts'
import { bridgeTable, chargeTable, dayTable, dealTable, findingTable } from './money-tables.ts'
import { curveTable, statisticsTable } from './statistics-tables.ts'
import { tradeTable } from './trade-table.ts'
import { whatIfLeftOutTable, whatIfTable, whatIfTradeTable } from './what-if-tables.ts'

/** All that a report says, as tables: what the CSV files and the XLSX sheets hold. Names, columns and order are stable. */
export function reportTables(report: Report): readonly Table[] {
  return [
    summaryTable(report),
    findingTable(report),
    bridgeTable(report),
    tradeTable(report),
    dealTable(report),
    chargeTable(report),
    dayTable(report),
    statisticsTable(report),
    curveTable(report),
    pressTable(report),
    guardTable(report),
    latencyTable(report),
    whatIfTable(report),
    whatIfTradeTable(report),
    whatIfLeftOutTable(report),
    sourceTable(report),
  ]
}
