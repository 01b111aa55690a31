import { type Day, dayInOslo } from '../domain/day.ts'
import type { Cell, Column, Table } from './table.ts'

/** A column, and what stands in it on a row. */
export type Field<Row> = Column & { value: (row: Row) => Cell }

/** A column that shares out the figures. */
export function dimension<Row>(id: string, title: string, value: Field<Row>['value']): Field<Row> {
  return { id, title, kind: 'text', role: 'dimension', value }
}

/** The area of each row, by its code. */
export function region<Row>(id: string, title: string, value: Field<Row>['value']): Field<Row> {
  return { id, title, kind: 'text', role: 'region', value }
}

/** What the values of the dimension `labelOf` are called. */
export function label<Row>(id: string, title: string, labelOf: string, value: Field<Row>['value']): Field<Row> {
  return { id, title, kind: 'text', role: { labelOf }, value }
}

/** A column of what is counted, with a sentence that says what that is. */
export function figure<Row>(id: string, title: string, sentence: string, value: Field<Row>['value']): Field<Row> {
  return { id, title, kind: 'number', role: 'figure', sentence, value }
}

/** A column that only describes. */
export function note<Row>(id: string, title: string, value: Field<Row>['value']): Field<Row> {
  return { id, title, kind: 'text', role: 'note', value }
}

/** A day that only describes. */
export function day<Row>(id: string, title: string, value: Field<Row>['value']): Field<Row> {
  return { id, title, kind: 'day', role: 'note', value }
}

/** A number that only describes, as a place in an order does. */
export function number<Row>(id: string, title: string, value: Field<Row>['value']): Field<Row> {
  return { id, title, kind: 'number', role: 'note', value }
}

/** «ja» or «nei». */
export function yesNo(answer: boolean): string {
  return answer ? 'ja' : 'nei'
}

/** The calendar day in Oslo of an instant. */
export function osloDay(instant: string | null): Day | null {
  return instant === null ? null : dayInOslo(new Date(instant))
}

/** The day or year of each row. */
export function time<Row>(id: string, title: string, value: Field<Row>['value']): Field<Row> {
  return { id, title, kind: 'day', role: 'time', value }
}

/** A table of these fields over these rows, which are read as they are written out. */
export function tableOf<Row>(
  about: Omit<Table, 'columns' | 'rows'>,
  fields: readonly Field<Row>[],
  rows: Iterable<Row> | AsyncIterable<Row>,
): Table {
  return { ...about, columns: fields, rows: cellsOf(fields, rows) }
}

async function* cellsOf<Row>(
  fields: readonly Field<Row>[],
  rows: Iterable<Row> | AsyncIterable<Row>,
): AsyncGenerator<Cell[]> {
  for await (const row of rows) yield fields.map(({ value }) => value(row))
}
