/** @type {import('next').NextConfig} */
const nextConfig = {
  poweredByHeader: false,
  agentRules: false,
  devIndicators: false,
  reactCompiler: true,
  serverExternalPackages: ["kafkajs", "@node-rs/crc32", "@platformatic/wasm-utils", "@foxglove/wasm-zstd"],
  experimental: { agentUpgrade: false, turbopackRustReactCompiler: true },
};
export default nextConfig;
