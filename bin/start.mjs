// `npm start`: installs what is missing, builds what changed, then becomes `odradek up` with the flags given.
import "./check-node.mjs";

const { install } = await import("./install.mjs");
await install();
const { build } = await import("./build.mjs");
if (!(await build())) {
  console.error("The build failed; see above.");
  process.exit(1);
}
process.argv.splice(2, 0, "up");
await import("../dist/cli.js");
