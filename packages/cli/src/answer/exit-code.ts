/** 0 all is well, 1 it failed, 2 the command line was wrong or nothing can be said, 130 the user stopped it. */
export type ExitCode = 0 | 1 | 2 | 130;
