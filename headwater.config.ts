export { default } from './examples/ecommerce/headwater.config.ts';
