/** What every shell promises, whoever carries it. Run by `shell.test.ts` against each of them. */
import { describe, expect, it } from 'vitest'
import type { Shell } from '../../renderer/ports/shell.ts'
import { toBase64 } from '../../shared/lib/base64.ts'

export interface ShellUnderTest {
  readonly shell: Shell
  /** Bytes of a file the shell says it wrote, by path. */
  written(path: string): Promise<Uint8Array>
  /** Bytes delivered by a task. */
  delivered(kind: 'pdf' | 'json'): Promise<Uint8Array>
  /** Opens the same data again after a restart; null where nothing outlives the process. */
  restart: (() => Promise<Shell>) | null
  /** Every file the shell has written, the browser's own included; the key of its vault is none of them. Null where nothing is. */
  everything: (() => Promise<readonly { readonly path: string; readonly bytes: Buffer }[]>) | null
}

export interface ShellTraits {
  /** Whether the shell was started with a task on `TASK_FOLDER` that has `a.md` and `sub/b.md`. */
  readonly task: boolean
}

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
const bytes = (words: string) => new TextEncoder().encode(words)

/** Runs the suite. `use` gives the shell that the surrounding file started; journals get names of their own. */
export function shellContract(name: string, use: () => ShellUnderTest, traits: ShellTraits): void {
  const lines = async (shell: Shell, journal: string, from = 0): Promise<string[]> => {
    const page = await shell.readJournal(journal, from)
    if (!page.ok) throw new Error(page.error.message)
    return page.value.map((line) => line.text)
  }

  const headsOf = async (shell: Shell, journal: string) => {
    const heads = await shell.snapshotHeads()
    if (!heads.ok) throw new Error(heads.error.message)
    return heads.value.filter((head) => head.name === journal)
  }

  describe(`the ${name} shell`, () => {
    it('says who it is and where data lives', () => {
      const { info } = use().shell
      expect(info.shell).toBe(name)
      expect(info.dataFolder).not.toBe('')
      expect(() => new Intl.DateTimeFormat(info.locale, { timeZone: info.zone })).not.toThrow()
    })

    it('keeps journal lines in the order they came, whatever is in them', async () => {
      const { shell } = use()
      const first = await shell.appendJournal('order', ['one', 'two\nwith a break', '{"three":"ü 🎉"}'])
      const second = await shell.appendJournal('order', ['four'])
      expect([first, second]).toEqual([
        { ok: true, value: { lines: 3 } },
        { ok: true, value: { lines: 4 } },
      ])
      expect(await lines(shell, 'order')).toEqual(['one', 'two\nwith a break', '{"three":"ü 🎉"}', 'four'])
      expect(await lines(shell, 'order', 2)).toEqual(['{"three":"ü 🎉"}', 'four'])
      expect(await lines(shell, 'order', 4)).toEqual([])
    })

    it('keeps the order of appends that nobody waited for, large or small', async () => {
      const { shell } = use()
      const long = ' ü "quoted"'.repeat(60_000)
      const wanted = Array.from({ length: 40 }, (_, index) => `line ${index}${index % 9 === 4 ? long : ''}`)
      await Promise.all(wanted.map((line) => shell.appendJournal('hurry', [line])))
      expect(await lines(shell, 'hurry')).toEqual(wanted)
    })

    it('lists journals with their length, and a retired one no more', async () => {
      const { shell } = use()
      await shell.appendJournal('kept', ['a', 'b'])
      await shell.appendJournal('purged', ['c'])
      await shell.retireJournal('purged')
      const heads = await shell.journalHeads()
      if (!heads.ok) throw new Error(heads.error.message)
      expect(heads.value.find((head) => head.name === 'kept')).toMatchObject({ lines: 2, damaged: 0 })
      expect(heads.value.some((head) => head.name === 'purged')).toBe(false)
      expect(await lines(shell, 'purged')).toEqual([])
    })

    it('gives a long journal in pages', async () => {
      const { shell } = use()
      const line = 'x'.repeat(1000)
      for (let batch = 0; batch < 10; batch++) {
        await shell.appendJournal(
          'long',
          Array.from({ length: 1000 }, (_, index) => `${batch * 1000 + index} ${line}`),
        )
      }
      const seen: number[] = []
      let pages = 0
      for (;;) {
        const page = await shell.readJournal('long', (seen.at(-1) ?? -1) + 1)
        if (!page.ok) throw new Error(page.error.message)
        if (page.value.length === 0) break
        pages += 1
        expect(page.value.reduce((sum, { text: content }) => sum + content.length, 0)).toBeLessThan(4.5 * 1024 * 1024)
        for (const { sequence, text: content } of page.value) {
          expect(content.startsWith(`${sequence} `)).toBe(true)
          seen.push(sequence)
        }
      }
      expect(seen).toEqual(Array.from({ length: 10_000 }, (_, index) => index))
      expect(pages).toBeGreaterThan(1)
    })

    it('keeps a copy only once it is finished, and gives it back line by line', async () => {
      const { shell } = use()
      const copied = await headsOf(shell, 'copied')
      expect(copied).toEqual([])
      await shell.writeSnapshot('copied', ['never finished'], true)
      await shell.writeSnapshot('copied', ['{"about":"ü"}', 'one'], true)
      await shell.writeSnapshot('copied', ['two\nwith a break'], false)
      expect(await headsOf(shell, 'copied')).toEqual([])
      const finished = await shell.finishSnapshot('copied', 'hourly')
      if (!finished.ok) throw new Error(finished.error.message)
      expect(finished.value).toMatchObject({ name: 'copied', kind: 'hourly', about: '{"about":"ü"}' })
      expect(await headsOf(shell, 'copied')).toEqual([finished.value])
      const read = async (from: number) => {
        const page = await shell.readSnapshot('copied', finished.value.at, from)
        return page.ok ? page.value.map((line) => line.text) : page.error.kind
      }
      expect(await read(0)).toEqual(['{"about":"ü"}', 'one', 'two\nwith a break'])
      expect(await read(2)).toEqual(['two\nwith a break'])
      expect(await read(3)).toEqual([])
      expect(await shell.finishSnapshot('copied', 'hourly')).toMatchObject({ ok: false })
      expect(await shell.writeSnapshot('copied', ['of nothing'], false)).toMatchObject({ ok: false })
      expect(await shell.readSnapshot('copied', 1, 0)).toMatchObject({ ok: false, error: { kind: 'not-found' } })
    })

    it('forgets the copies of a workspace, and no others', async () => {
      const { shell } = use()
      for (const name of ['deleted', 'stays', 'deleted']) {
        await shell.writeSnapshot(name, [name], true)
        await shell.finishSnapshot(name, 'before')
      }
      expect((await headsOf(shell, 'deleted')).length).toBe(2)
      await shell.forgetSnapshots('deleted')
      expect(await headsOf(shell, 'deleted')).toEqual([])
      expect((await headsOf(shell, 'stays')).length).toBe(1)
    })

    const contentOf = async (shell: Shell, shelf: string, id: string): Promise<string> => {
      let content = new Uint8Array()
      for (;;) {
        const part = await shell.readMedia(shelf, id, content.length)
        if (!part.ok) throw new Error(part.error.message)
        content = new Uint8Array([...content, ...part.value.bytes])
        if (content.length >= part.value.size) return text(content)
      }
    }
    const part = (words: string, at: number, last: boolean) => ({ at, bytes: toBase64(bytes(words)), last })

    it('keeps a medium in parts, and shows it only when it is whole', async () => {
      const { shell } = use()
      expect(await shell.appendMedia('shelf', 'film', part('one ', 0, false))).toEqual({ ok: true, value: { size: 4 } })
      expect(await shell.listMedia('shelf')).toEqual({ ok: true, value: [] })
      expect(await shell.readMedia('shelf', 'film', 0)).toMatchObject({ ok: false, error: { kind: 'not-found' } })
      expect(await shell.appendMedia('shelf', 'film', part('two', 4, true))).toEqual({ ok: true, value: { size: 7 } })
      expect(await contentOf(shell, 'shelf', 'film')).toBe('one two')
      expect(await shell.listMedia('shelf')).toEqual({ ok: true, value: [{ id: 'film', size: 7 }] })
    })

    it('gives a large medium back in parts, byte for byte', async () => {
      const { shell } = use()
      const half = 'ab'.repeat(400_000)
      await shell.appendMedia('large', 'film', part(half, 0, false))
      await shell.appendMedia('large', 'film', part(half, half.length, true))
      expect((await contentOf(shell, 'large', 'film')) === half + half).toBe(true)
    })

    it('takes no part that does not follow, begins anew at 0, and deletes for good', async () => {
      const { shell } = use()
      await shell.appendMedia('gaps', 'a', part('abc', 0, false))
      expect(await shell.appendMedia('gaps', 'a', part('x', 9, true))).toMatchObject({ ok: false })
      await shell.appendMedia('gaps', 'a', part('anew', 0, true))
      expect(await contentOf(shell, 'gaps', 'a')).toBe('anew')
      await shell.appendMedia('gaps', 'b', part('kept', 0, true))
      expect(await shell.dropMedia('gaps', ['a', 'never'])).toEqual({ ok: true, value: null })
      expect(await shell.listMedia('gaps')).toEqual({ ok: true, value: [{ id: 'b', size: 4 }] })
      await shell.retireMedia('gaps')
      expect(await shell.listMedia('gaps')).toEqual({ ok: true, value: [] })
    })

    it('lets no medium out of its folder', async () => {
      const { shell } = use()
      for (const name of ['../out', 'a/b', '.hidden', ''])
        await expect(shell.appendMedia('shelf', name, part('x', 0, true))).rejects.toThrow()
    })

    it('says how much room is left on the disk', async () => {
      const room = await use().shell.diskRoom()
      expect(room.ok && room.value.free).toBeGreaterThan(0)
    })

    it('saves a file, and never over another', async () => {
      const { shell, written } = use()
      const first = await shell.save('plan.txt', bytes('one'))
      const second = await shell.save('plan.txt', bytes('two'))
      if (!first.ok || !second.ok) throw new Error('not saved')
      expect(second.value.path).not.toBe(first.value.path)
      expect(second.value.path).toMatch(/plan \(2\)\.txt$/)
      expect(text(await written(first.value.path))).toBe('one')
      expect(text(await written(second.value.path))).toBe('two')
    })

    it('makes a folder of a kit out of what lies on a shelf, and never over another', async () => {
      const { shell, written } = use()
      await shell.appendMedia('kits', 'strap', part('a strap', 0, true))
      const kit = { name: '2026-10-16 Straps', text: 'Ten stitches.', shelf: 'kits' }
      const files = [{ id: 'strap', name: '01 strap.jpg', size: 7 }]
      const { saveKit } = await shell.publishing()
      const [first, second] = [await saveKit({ ...kit, files }), await saveKit({ ...kit, files })]
      if (!first.ok || !second.ok) throw new Error('not saved')
      expect(first.value.path).toMatch(/Outpost kits.2026-10-16 Straps$/)
      expect(second.value.path).toBe(`${first.value.path} (2)`)
      for (const { path } of [first.value, second.value]) {
        expect(text(await written(`${path}/01 strap.jpg`))).toBe('a strap')
        expect(text(await written(`${path}/text.txt`))).toBe('Ten stitches.')
      }
    })

    it('lets no kit out of its folder, and takes nothing in that lies elsewhere', async () => {
      const { shell, written } = use()
      await shell.appendMedia('kits', 'strap', part('a strap', 0, true))
      const files = [{ id: 'strap', name: '../../../out.jpg', size: 7 }]
      const { saveKit } = await shell.publishing()
      const saved = await saveKit({ name: '../../out', text: '', shelf: 'kits', files })
      if (!saved.ok) throw new Error(saved.error.message)
      expect(saved.value.path).toMatch(/Outpost kits.------out$/)
      expect(text(await written(`${saved.value.path}/out.jpg`))).toBe('a strap')
      const naming = (shelf: string, id: string) =>
        saveKit({ name: 'kit', text: '', shelf, files: [{ id, name: '01.jpg', size: 1 }] })
      for (const [shelf, id] of [
        ['../journal', 'strap'],
        ['kits', '../../key'],
        ['kits', ''],
      ] as const)
        await expect(naming(shelf, id)).rejects.toThrow()
      expect(await naming('kits', 'never')).toMatchObject({ ok: false, error: { kind: 'not-found' } })
    })

    it('opens no address but web and mail', async () => {
      for (const url of ['file:///etc/passwd', 'javascript:alert(1)', 'smb://host/share', 'nonsense']) {
        expect(await use().shell.openExternal(url)).toMatchObject({ ok: false, error: { kind: 'unsupported' } })
      }
    })

    it('shows no file that it did not write', async () => {
      expect(await use().shell.showFile('/etc/passwd')).toMatchObject({ ok: false, error: { kind: 'no-permission' } })
    })

    it('prints a document to PDF', async () => {
      const pdf = await use().shell.printPdf({ html: '<h1>Plan</h1><p>Words</p>', title: 'Plan', language: 'en' })
      if (!pdf.ok) throw new Error(pdf.error.message)
      expect(text(pdf.value.slice(0, 5))).toBe('%PDF-')
    })

    it.runIf(traits.task)('lists and reads the folder of the task, and nothing beside it', async () => {
      const { shell } = use()
      const task = await shell.getTask()
      if (!task) throw new Error('no task')
      const list = await shell.listFolder(task.folder)
      expect(list.ok && list.value.map((entry) => entry.path).sort()).toEqual(['a.md', 'sub/b.md'])
      const read = await shell.readFile(task.folder, 'sub/b.md')
      expect(read.ok && text(read.value)).toBe('# B')
      for (const path of ['../outside.md', 'sub/../../outside.md']) {
        expect(await shell.readFile(task.folder, path)).toMatchObject({ ok: false, error: { kind: 'no-permission' } })
      }
      expect(await shell.readFile(task.folder, 'gone.md')).toMatchObject({ ok: false, error: { kind: 'not-found' } })
      expect(await shell.listFolder('/')).toMatchObject({ ok: false, error: { kind: 'no-permission' } })
    })

    it.runIf(traits.task)('delivers what the command line asked for', async () => {
      const { shell, delivered } = use()
      expect(await shell.deliver('pdf', bytes('%PDF'))).toEqual({ ok: true, value: null })
      await shell.taskDone({ ok: true, value: { posts: 1, inRange: 1, pages: 1, problems: [] } })
      expect(text(await delivered('pdf'))).toBe('%PDF')
      expect(await shell.deliver('json', bytes('{}'))).toMatchObject({ ok: false, error: { kind: 'no-permission' } })
    })

    it.runIf(!traits.task)(
      'has no task, reads no folder and takes no delivery when it was opened by a person',
      async () => {
        const { shell } = use()
        expect(await shell.getTask()).toBeNull()
        expect(await shell.listFolder('/')).toMatchObject({ ok: false, error: { kind: 'no-permission' } })
        expect(await shell.deliver('pdf', bytes('x'))).toMatchObject({ ok: false, error: { kind: 'no-permission' } })
      },
    )

    it('has the same journal and the same copies after a restart', async ({ skip }) => {
      const { shell, restart } = use()
      if (!restart) return skip('nothing outlives the process')
      await shell.appendJournal('restarted', ['before'])
      const again = await restart()
      await again.appendJournal('restarted', ['after'])
      expect(await lines(again, 'restarted')).toEqual(['before', 'after'])
      expect((await headsOf(again, 'stays')).length).toBe(1)
    })
  })
}
