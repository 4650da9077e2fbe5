import { defineConfig } from 'vitest/config'

/** Tests against servers that others wrote; apart from the others, since they have to be installed and started. */
export default defineConfig({
  test: {
    include: ['tests/servers/**/*.test.ts'],
    environment: 'node',
    testTimeout: 120_000,
    // A first start installs.
    hookTimeout: 600_000,
    fileParallelism: false,
  },
})
