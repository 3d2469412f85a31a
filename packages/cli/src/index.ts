export { type Config, defineConfig } from './config/define-config.ts';
