/** How DuckDB reads one kind of value from text. All members return SQL expressions over the given SQL. */
export interface DuckdbValueReader {
  /** The value of a cleaned text by the full rules, or NULL. */
  value(text: string): string;
  /** The code for a cleaned, non-null text whose value is NULL. */
  code(text: string): string;
  /**
   * A cheap guess at the value of a raw text, and a test that proves the guess. Where the test is true, the raw text is
   * already in canonical form and needs no cleaning. DuckDB's own casts accept far more than the rules do (`1e3`, `1.7` and
   * `0x10` as integers; a time zone offset, which they ignore), so a cast alone proves nothing.
   */
  guess?: {
    value(raw: string): string;
    proof(raw: string, guess: string): string;
    /** The value that a proven guess stands for. Omitted where that is the guess itself. */
    result?(raw: string, guess: string): string;
  };
}
