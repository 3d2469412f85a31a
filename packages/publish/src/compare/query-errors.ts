import { relative, resolve } from 'node:path';

/** A place in a registered query that does not compile. */
export interface QueryError {
  /** Path from the project's folder. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** TypeScript's code, such as `TS2322`. */
  readonly code: string;
  readonly message: string;
}

const errorLine = /^(.+?)\((\d+),(\d+)\): error (TS\d+): (.*)$/;

/** The line below "no overload matches" that names the value that did not fit. */
const misfit = /^\s+((?:Argument|Type|Property|Object literal) .{0,200})/;

/** The errors in the output of `tsc --pretty false`. */
export function readErrors(text: string, folder: string): QueryError[] {
  return text.split(/\r?\n(?=\S)/).flatMap((block) => {
    const [line = '', ...below] = block.split(/\r?\n/);
    const [, file, row, column, code, message] = errorLine.exec(line) ?? [];
    if (file === undefined || code === undefined || message === undefined) return [];
    const path = relative(folder, resolve(folder, file));
    const [, why] = below.map((one) => misfit.exec(one)).find((found) => found !== null) ?? [];
    const words = why === undefined ? message : `${message} ${why}`;
    return [{ file: path, line: Number(row), column: Number(column), code, message: words }];
  });
}
