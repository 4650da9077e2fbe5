import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

const at = (path: string) => resolve(import.meta.dirname, path)

/** Shared by as many, but by no part of the first screen: in that file they would have to travel with it. */
const LATER = new RegExp(
  [
    'shared.domain.(utm|template|snippet|links|medium|mediaHost|waiting|delivery[a-zA-Z]*)',
    'shared.platforms.(networks.[a-zA-Z]+|count|entities|topLevelDomains)',
    'shared.media.(crop|refusals|shapes)',
    'shared.lib.nearest',
    'data.media.(library|uses|originals)',
    'data.commands.media',
    'parts.(Day(Picker|Field)|WhenPicker)',
    'ui.(Meter|Choice|Date(Picker|Field)|isoDay)',
  ]
    .map((modules) => `${modules}\\.`)
    .concat('react-(checkbox|radio-group|switch)')
    .join('|'),
)

export default defineConfig({
  main: {
    build: {
      externalizeDeps: { exclude: ['zod'] },
      rollupOptions: { input: { main: at('electron/main.ts') } },
    },
  },
  preload: {
    build: {
      externalizeDeps: { exclude: ['zod'] },
      // A sandboxed preload cannot be an ES module.
      rollupOptions: {
        input: { preload: at('electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('renderer'),
    plugins: [react()],
    resolve: {
      alias: [
        // The calendar has its own "+n more" list; the library's pop-up would bring a positioning engine that is never used.
        { find: 'react-overlays', replacement: at('renderer/features/calendar/noOverlay.ts') },
        // It has its own localizer too; that of the library would bring parts of another one.
        { find: /^dayjs\/plugin\/.+/, replacement: at('renderer/features/calendar/noPlugin.ts') },
      ],
    },
    build: {
      outDir: at('out/renderer'),
      emptyOutDir: true,
      target: 'chrome140',
      assetsInlineLimit: 0,
      // electron-vite leaves it off; the page is read from disk at every start, so size is start-up time.
      minify: true,
      // Files lie beside the page: a list of what each screen will fetch is longer than the wait it saves. Styles must come first.
      modulePreload: { resolveDependencies: (_file, deps) => deps.filter((file) => file.endsWith('.css')) },
      rollupOptions: {
        input: at('renderer/index.html'),
        // What many screens share travels in one file: a hundred small ones pack worse, and the first screen waits for each.
        output: {
          codeSplitting: { groups: [{ name: 'shared', minShareCount: 9, test: (id: string) => !LATER.test(id) }] },
        },
      },
    },
    worker: {
      format: 'es',
      plugins: () => [
        {
          // The build for pages decodes character references with a document, which a worker has none of.
          name: 'character-references-without-document',
          enforce: 'pre',
          resolveId: (source) =>
            source === 'decode-named-character-reference'
              ? at('node_modules/decode-named-character-reference/index.js')
              : null,
        },
      ],
    },
  },
})
