import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/{unit,integration,contract}/**/*.test.{ts,tsx}'],
    environment: 'node',
    setupFiles: ['tests/support/indexeddb.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
