import { installPython, interpreterOf, isInstalled, type PythonPackages } from './python-environment.ts';

/** Parsers that know Redshift's grammar: sqlfluff and sqlglot. */
const sqlJudges: PythonPackages = {
  name: 'judges',
  python: { from: 11, to: 13 },
  options: ['--quiet'], // sixteen small packages
};

/** Installs them if they are missing. @throws SetupError */
export const installJudges = (): Promise<void> => installPython(sqlJudges);

/** Why there are none on this machine, with what to do. Undefined when there are. */
export const judgesProblem = (): string | undefined =>
  isInstalled(sqlJudges)
    ? undefined
    : 'The judges of Redshift SQL are not installed. Install them with `pnpm engines install judges`.';

/** The Python that has them. */
export const judgesInterpreter = (): string => interpreterOf(sqlJudges);
