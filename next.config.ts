import type { NextConfig } from 'next';

const nextConfig: NextConfig = {
  reactCompiler: true,
  typedRoutes: true,
  output: 'standalone',
  poweredByHeader: false,
  // `npm run verify` checks the types, of the tests too; a build for users must not wait for it.
  typescript: { ignoreBuildErrors: true },
  // No image optimiser: it would be a fetcher of addresses that we never need.
  images: { unoptimized: true },
  // Native or reflection-heavy packages that a bundler breaks; they are copied into the standalone build.
  serverExternalPackages: ['@grpc/grpc-js', '@temporalio/proto', 'better-sqlite3', 'long', 'pino', 'protobufjs'],
};

export default nextConfig;
