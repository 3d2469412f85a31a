import { awsPython } from '../install/aws-python.ts';
import { interpreterOf } from '../install/python-environment.ts';

/** The Python of the stand-in: boto3, pyarrow and xxhash, as a Python shell job of Glue has them. */
export const awsInterpreter = (): string => interpreterOf(awsPython);
