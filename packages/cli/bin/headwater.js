#!/usr/bin/env node
// Plain JavaScript outside src, the same file in the workspace and as published: it turns the compile cache on before
// anything has to be parsed or, from sources, stripped of its types; and a Node that is too old gets as far as saying so.
import * as module from 'node:module';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(`headwater needs Node 22.18 or later; this is ${process.version}.`);
  process.exitCode = 1;
} else {
  module.enableCompileCache();
  await import('#start');
}
