import { gzipSync } from 'node:zlib'
import { expect, test } from './app.ts'

test('the calendar stands on at most 300 kB of JavaScript, compressed', async ({ page }) => {
  await page.getByRole('button', { name: 'Start empty' }).click()
  await page.locator('[data-day]').first().waitFor()
  const sizes: Promise<number>[] = []
  page.on('response', (response) => {
    if (/\.js$/.test(new URL(response.url()).pathname)) {
      sizes.push(response.body().then((body) => gzipSync(body).length))
    }
  })
  await page.reload()
  await page.locator('[data-day]').first().waitFor()
  const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
  expect(total).toBeGreaterThan(100_000)
  expect(total).toBeLessThanOrEqual(300_000)
})
