#!/usr/bin/env node
import "./check-node.mjs";
import { existsSync } from "node:fs";

const cli = new URL("../dist/cli.js", import.meta.url);
if (existsSync(cli)) {
  await import(cli.href);
} else {
  console.error("Odradek is not built here: run `npm start` in its folder, or `npm run build` first.");
  process.exitCode = 1;
}
