import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/{unit,integration,contract}/**/*.test.{ts,tsx}'],
    environment: 'node',
    // The printed plan carries its style sheet as text; everything else needs none.
    css: { include: [/\.css\?raw$/] },
    setupFiles: ['tests/support/indexeddb.ts'],
    testTimeout: 120_000,
    retry: process.env.CI ? 1 : 0,
    hookTimeout: 60_000,
  },
})
