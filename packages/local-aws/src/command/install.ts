import { awsPython } from '../install/aws-python.ts';
import { installFlink } from '../install/flink.ts';
import { installHadoopAws } from '../install/hadoop-aws.ts';
import { installHiveHcatalog } from '../install/hive-hcatalog.ts';
import { installPython, interpreterOf } from '../install/python-environment.ts';
import { installSpark } from '../install/spark.ts';
import { installJudges } from '../install/sql-judges.ts';
import { installTrino } from '../install/trino.ts';
import { withLock } from '../running/with-lock.ts';
import type { EnginesCommand } from './engines-command.ts';

/** What can be installed, and how. `up` needs `aws` and `trino`. */
const installers: Readonly<Record<string, () => Promise<void>>> = {
  aws: () => installPython(awsPython),
  trino: async () => {
    await installPython(awsPython);
    await installTrino(interpreterOf(awsPython));
  },
  async spark() {
    await installSpark();
    await installHadoopAws();
    await installHiveHcatalog();
  },
  flink: installFlink,
  judges: installJudges,
};

/** `engines install` */
export const installAll: EnginesCommand = {
  usage: `install [${Object.keys(installers).join('|')}]...`,
  summary: 'install without starting (default: aws and trino)',
  async run(names) {
    const wanted = names.length === 0 ? ['aws', 'trino'] : names;
    const unknown = wanted.filter((name) => installers[name] === undefined);
    if (unknown.length > 0) {
      console.error(`Unknown: ${unknown.join(', ')}. Known: ${Object.keys(installers).join(', ')}`);
      return 2;
    }
    await withLock(async () => {
      for (const name of wanted) {
        const begun = performance.now();
        await installers[name]?.();
        console.log(`${name}: installed after ${((performance.now() - begun) / 1000).toFixed(1)} s`);
      }
    });
    return 0;
  },
};
