import { escapeText } from '#lib/format/escape-text.ts';

export interface TextColumn<Row> {
  readonly title: string;
  readonly value: (row: Row) => string;
  readonly align?: 'left' | 'right';
}

const GAP = '  ';

/** A table for a terminal: titles, one line a row, two spaces between columns. Values from Temporal are escaped here. */
export function textTable<Row>(columns: readonly TextColumn<Row>[], rows: readonly Row[]): string {
  const cells = [
    columns.map((column) => column.title),
    ...rows.map((row) => columns.map((column) => escapeText(column.value(row)))),
  ];
  const widths = columns.map((_column, index) => Math.max(...cells.map((line) => line[index]?.length ?? 0)));
  return cells.map((line) => `${layOut(line, columns, widths)}\n`).join('');
}

function layOut<Row>(line: readonly string[], columns: readonly TextColumn<Row>[], widths: readonly number[]): string {
  return line
    .map((cell, index) =>
      columns[index]?.align === 'right' ? cell.padStart(widths[index] ?? 0) : cell.padEnd(widths[index] ?? 0),
    )
    .join(GAP)
    .trimEnd();
}
