#!/usr/bin/env node
// Plain JavaScript outside src, the same file in the workspace and as published. It enables the compile cache before any other
// file is parsed or stripped of its types, and it runs on a Node that is too old for the rest, to report that.
import * as module from 'node:module';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(`headwater needs Node 22.18 or later; this is ${process.version}.`);
  process.exitCode = 1;
} else {
  module.enableCompileCache();
  await import('#start');
}
