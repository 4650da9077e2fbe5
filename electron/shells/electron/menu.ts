/** Menus the system wants to have: editing roles for the keyboard, the app menu on macOS, spelling on the right button. */
import type { ContextMenuParams, MenuItemConstructorOptions } from 'electron'

/** The window's menu. The commands of the app live in the page, where its palette and its keys find them. */
export function menuTemplate(platform: NodeJS.Platform, development: boolean): MenuItemConstructorOptions[] {
  return [
    ...(platform === 'darwin'
      ? [{ role: 'appMenu' as const }]
      : [{ label: 'File', submenu: [{ role: 'quit' as const }] }]),
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...(development ? [{ role: 'reload' as const }, { role: 'toggleDevTools' as const }] : []),
      ],
    },
    { role: 'windowMenu' },
  ]
}

type Clicked = Pick<ContextMenuParams, 'misspelledWord' | 'dictionarySuggestions' | 'isEditable' | 'selectionText'>

/** The menu of the right button: spelling first, then what can be done with the text. Empty: show none. */
export function contextMenuTemplate(
  clicked: Clicked,
  replace: (word: string) => void,
  learn: (word: string) => void,
): MenuItemConstructorOptions[] {
  const { misspelledWord, dictionarySuggestions, isEditable, selectionText } = clicked
  const spelling: MenuItemConstructorOptions[] =
    isEditable && misspelledWord !== ''
      ? [
          ...dictionarySuggestions.map((word) => ({ label: word, click: () => replace(word) })),
          { label: 'Add to dictionary', click: () => learn(misspelledWord) },
          { type: 'separator' },
        ]
      : []
  if (isEditable) return [...spelling, { role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }]
  return selectionText.trim() === '' ? [] : [{ role: 'copy' }]
}
