// The part of the API that is used. It is loaded as a whole, and a bundle has nothing else of the package.
export { context, metrics, trace } from '@opentelemetry/api';
