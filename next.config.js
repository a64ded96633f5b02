/** @type {import('next').NextConfig} */
const nextConfig = {
  poweredByHeader: false,
  agentRules: false,
  devIndicators: false,
  // `npm test` checks the types; a build for `npm start` need not wait for it.
  typescript: { ignoreBuildErrors: true },
  reactCompiler: true,
  serverExternalPackages: ["kafkajs", "libsql", "@node-rs/crc32", "@foxglove/wasm-zstd"],
  experimental: { agentUpgrade: false, turbopackRustReactCompiler: true },
};
export default nextConfig;
