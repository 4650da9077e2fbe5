import { killSeries, STORES, type Store } from '../kills/series.ts'
import { temporaryFolder } from '../support/project.ts'
import { expect, test } from './app.ts'

/** Few in every run; OUTPOST_KILLS=200 makes it the whole series. */
const KILLS = Number(process.env.OUTPOST_KILLS ?? 5)

for (const store of Object.keys(STORES) as Store[]) {
  test(`nothing that was called saved is lost when the browser is killed ${KILLS} times, on ${store}`, async () => {
    const { name } = test.info().project
    test.skip(name === 'electron' || process.platform === 'win32', 'kills the browser by its process')
    test.setTimeout(KILLS * 30_000 + 60_000)
    using folder = temporaryFolder()
    const figures = await killSeries(folder.path, KILLS, store)
    console.log(
      `${store}: ${figures.kills} kills, ${figures.acknowledged} acknowledged edits, ${figures.lost.length} lost`,
    )
    expect(figures.lost).toEqual([])
    expect(figures.acknowledged).toBeGreaterThanOrEqual(KILLS)
  })
}
