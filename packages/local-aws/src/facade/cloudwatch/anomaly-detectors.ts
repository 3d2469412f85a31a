import { at, type Members } from '../../rules/aws-rule.ts';
import { AwsError } from '../aws-error.ts';

/** What a detector is of: a new one for the same replaces it. */
const subject = [
  'Namespace',
  'MetricName',
  'Dimensions',
  'Stat',
  'SingleMetricAnomalyDetector',
  'MetricMathAnomalyDetector',
] as const;

const keyOf = (input: Members): string => JSON.stringify(subject.map((name) => input[name] ?? null));

/** Whether a detector is of what a request for a list asks for. */
function isAsked(detector: Members, input: Members): boolean {
  const single = at(detector, 'SingleMetricAnomalyDetector') ?? detector;
  return (['Namespace', 'MetricName', 'Dimensions'] as const).every(
    (name) => input[name] === undefined || JSON.stringify(at(single, name)) === JSON.stringify(input[name]),
  );
}

/** The anomaly detectors of CloudWatch, which moto lacks. They are kept and listed; none is trained. */
export class AnomalyDetectors {
  readonly #held = new Map<string, Members>();

  /** The answer to an operation on detectors; undefined for any other one. */
  answer(operation: string, input: Members): Members | undefined {
    switch (operation) {
      case 'PutAnomalyDetector':
        this.#held.set(keyOf(input), input);
        return {};
      case 'DescribeAnomalyDetectors':
        return {
          AnomalyDetectors: [...this.#held.values()]
            .filter((detector) => isAsked(detector, input))
            .map((detector) => ({ ...detector, StateValue: 'PENDING_TRAINING' })),
        };
      case 'DeleteAnomalyDetector':
        if (this.#held.delete(keyOf(input))) return {};
        throw new AwsError('ResourceNotFoundException', 'There is no detector of this metric.', {}, 404);
      default:
        return undefined;
    }
  }
}
