import { defineConfig } from '@playwright/test'
import { electronMissing } from './tests/support/electronApp.ts'

const why = electronMissing()
if (why && process.env.TEST_WORKER_INDEX === undefined)
  console.error(`End-to-end tests run on the chromium shell only: ${why}.`)

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.test.ts',
  outputDir: 'test-results/e2e',
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env.CI),
  // A shared build machine may stall; what passes only on a second try is listed as flaky in its output.
  retries: process.env.CI ? 2 : 0,
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  projects: [{ name: 'chromium' }, ...(why ? [] : [{ name: 'electron' }])],
})
