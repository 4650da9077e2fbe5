import type { Page } from '@playwright/test'
import { blankChannel } from '../../shared/domain/channel.ts'
import { sound } from '../support/mediaFiles.ts'
import { expect, test } from './app.ts'
import { putRows, rowsOf } from './database.ts'
import { file } from './mediaFiles.ts'

const CHANNELS = [
  blankChannel('mastodon', { id: 'ms', name: '@fern@social.example', hue: 'slate', zone: 'UTC', order: 0 }),
  blankChannel('bluesky', { id: 'bs', name: '@fern.example', hue: 'slate', zone: 'UTC', order: 1 }),
]
const NAMES = ['tone.mp3', 'tone.m4a', 'phone.mp4', 'tone.aac', 'tone.ogg', 'tone.opus', 'tone.wav', 'tone.flac']

const tiles = (page: Page) => page.getByRole('listbox', { name: 'Media' }).getByRole('option')
const tile = (page: Page, name: string) => tiles(page).filter({ hasText: name })
const audio = (page: Page) => page.locator('audio')
const media = (page: Page) => page.getByRole('region', { name: 'Media' })
const card = (page: Page, name: RegExp) => page.getByRole('complementary').getByRole('region', { name })

/** Drops files on the library, which has them looked at and kept. */
async function drop(page: Page, names: readonly string[]): Promise<void> {
  const files = names.map((name) => ({ name, bytes: [...sound(name)] }))
  const dropped = await page.evaluateHandle((list) => {
    const data = new DataTransfer()
    for (const { name, bytes } of list) data.items.add(new File([new Uint8Array(bytes)], name))
    return data
  }, files)
  const target = page.locator('[data-drop]')
  await target.dispatchEvent('dragover', { dataTransfer: dropped })
  await target.dispatchEvent('drop', { dataTransfer: dropped })
}

test('audio of every format comes in with its length, is found by its kind, plays and is described', async ({
  app,
}) => {
  const { page } = app
  await page.getByRole('button', { name: 'Start empty' }).click()
  await page.locator('[data-day]').first().waitFor()
  await page.keyboard.press('g')
  await page.keyboard.press('m')
  await expect(page.getByRole('heading', { name: /^Media/ })).toBeVisible()
  await drop(page, NAMES)
  await expect(tiles(page)).toHaveCount(NAMES.length)
  const rows = await rowsOf(page, 'media')
  for (const name of NAMES) {
    const row = rows.find((one) => one.name === name)
    expect(row, name).toMatchObject({ kind: 'audio', width: 0, preview: true })
    expect(Number(row?.seconds), name).toBeGreaterThan(0.1)
    expect(Number(row?.seconds), name).toBeLessThan(1.5)
  }
  await page
    .getByLabel('Files for the library')
    .setInputFiles([
      file('a picture.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')),
    ])
  await expect(tiles(page)).toHaveCount(NAMES.length + 1)
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await page.getByRole('button', { name: 'Kind', exact: true }).click()
  await page.getByRole('option', { name: 'Audio' }).click()
  await expect(tiles(page)).toHaveCount(NAMES.length)

  const again = await app.restart()
  await expect(tile(again, 'phone')).toContainText(/0:01.*M4A/)
  await tile(again, 'phone').dblclick()
  await expect(audio(again)).toBeVisible()
  await audio(again).evaluate((element: HTMLAudioElement) => element.play())
  await expect.poll(() => audio(again).evaluate((element: HTMLAudioElement) => element.currentTime)).toBeGreaterThan(0)
  await again.getByRole('textbox', { name: 'Alt text' }).fill('A heron calls')
  await expect.poll(async () => (await rowsOf(again, 'media')).map(({ alt }) => alt)).toContain('A heron calls')
  await again.getByRole('button', { name: 'Back to the library' }).click()
  await expect(tile(again, 'phone')).not.toContainText('No alt')
})

test('audio goes into a post for Mastodon, alone; another network says that it takes none', async ({ page }) => {
  await page.getByRole('button', { name: 'Start empty' }).click()
  await page.locator('[data-day]').first().waitFor()
  await putRows(page, { channels: CHANNELS })
  await page.reload()
  await page.locator('[data-day]').first().waitFor()
  await page.keyboard.press('c')
  await page.getByRole('textbox', { name: 'Title', exact: true }).fill('A call at dawn')
  await page.keyboard.press('Enter')
  await page.keyboard.type('Listen.')
  await page.getByRole('button', { name: 'Add channels' }).first().click()
  await page.getByRole('checkbox', { name: 'All channels' }).click()
  await page.getByRole('button', { name: 'Add 2 channels' }).click()
  const chooser = page.waitForEvent('filechooser')
  await media(page).getByRole('button', { name: 'Add', exact: true }).click()
  await (await chooser).setFiles([file('tone.mp3', sound('tone.mp3'))])

  await media(page).getByRole('button', { name: 'Audio 1 of 1, no alt text' }).click()
  await page.getByRole('textbox', { name: 'Alt text' }).fill('A heron calls')
  await page.keyboard.press('Escape')
  await page.getByRole('tab', { name: /Mastodon/ }).click()
  await expect(page.getByRole('figure', { name: /^Preview for @fern@social/ })).toContainText(/A heron calls0:01/)
  await expect(page.getByRole('tab', { name: /Mastodon/ })).not.toHaveAccessibleName(/cannot go out/)
  await page.getByRole('tab', { name: /Bluesky/ }).click()
  await expect(card(page, /^Bluesky/)).toContainText(/Bluesky \(Post\) takes .+; here: 1 audio file\./)
  await expect(page.getByRole('tab', { name: /Bluesky/ })).toHaveAccessibleName(/cannot go out/)
})
