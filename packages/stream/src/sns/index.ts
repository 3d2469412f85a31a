// Notifiers that publish to Amazon SNS. Only this subpath needs its client.

export { createSnsNotifier, type SnsNotifierOptions } from './sns-notifier.ts';
