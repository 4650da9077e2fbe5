/** What the library remembers while one looks elsewhere: ids and choices, never rows. */
import { create } from 'zustand'
import { type MediaFilter, type MediaOrder, NO_MEDIA_FILTER } from '../../data/media/library.ts'

interface MediaUi {
  readonly filter: MediaFilter
  readonly order: MediaOrder
  readonly words: string
  readonly selected: readonly string[]
  /** The one the keyboard is on. */
  readonly active: string
}

export const useMediaUi = create<MediaUi>()(() => ({
  filter: NO_MEDIA_FILTER,
  order: 'newest',
  words: '',
  selected: [],
  active: '',
}))
export const setMediaUi = (fields: Partial<MediaUi>) => useMediaUi.setState(fields)
export const selectMedia = (selected: readonly string[], active = selected.at(-1) ?? '') =>
  useMediaUi.setState({ selected, active })
