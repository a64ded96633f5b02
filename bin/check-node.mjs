// Refuses a Node that is too old, in words, before anything with newer syntax is loaded. Runs on any Node with modules.
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Odradek needs Node 20.19 or newer; this is Node ${process.versions.node}.`);
  console.error("Install a newer one (nodejs.org, nvm, fnm or your package manager) and run the same command again.");
  process.exit(1);
}
