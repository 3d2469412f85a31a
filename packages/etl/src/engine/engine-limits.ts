/** How much of the machine a run may use. */
export interface EngineLimits {
  /** Memory of the whole process, such as `1GB`; the engine spills to disk above it. Defaults to half of the machine's. */
  readonly memoryLimit?: string | undefined;
  /** Defaults to the number of processors. */
  readonly threads?: number | undefined;
}
