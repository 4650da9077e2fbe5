/** What can be done to files, the same from grid, dock and detail: one list for menus, keys and palette. */
import { Download, PenLine, Replace, Star, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { Medium } from '../../../shared/domain/medium.ts'
import { stemOf } from '../../../shared/media/name.ts'
import { editMedia, namedFiles, replaceMedium, trashMedia } from '../../data/commands/media.ts'
import { createPost } from '../../data/commands/posts.ts'
import { outOfTrash, usersOf } from '../../data/media/uses.ts'
import { plural, useUndo } from '../../parts/index.ts'
import { MediumPicker } from '../../parts/media/index.ts'
import type { Command } from '../../ports/commands.ts'
import { useDeps } from '../../ports/deps.tsx'
import { go } from '../../ports/navigation.ts'
import { useSettings } from '../../ports/reference.tsx'
import { type MenuEntry, toast } from '../../ui/index.ts'
import { SaveCopy } from './SaveCopy.tsx'
import { selectMedia } from './uiState.ts'

interface Asked {
  readonly kind: 'replace' | 'save'
  readonly medium: Medium
}

/**
 * Actions on some files, and the dialog one of them may have opened. `chosen` is asked at the moment of acting: what the screen was
 * last drawn with may be the selection before.
 */
export function useMediaActions(chosen: () => readonly string[]) {
  const { db, store } = useDeps()
  const { me } = useSettings()
  const { undo } = useUndo()
  const [asked, setAsked] = useState<Asked | null>(null)
  const some = () => chosen().length > 0
  const one = () => chosen().length === 1

  const remove = async () => {
    const result = await trashMedia(store, db, chosen())
    if (result.ok) {
      selectMedia([])
      return toast({ text: `Deleted ${namedFiles(result.value)}.`, undo })
    }
    const used = result.error.media
    const users = await usersOf(
      db,
      used.map(({ id }) => id),
    )
    const places = new Set(
      [...users.values()]
        .flat()
        .filter(outOfTrash)
        .map(({ row }) => row.id),
    ).size
    const [are, them] = used.length === 1 ? ['is', 'it'] : ['are', 'them']
    toast({
      text: `Not deleted: ${namedFiles(used)} ${are} used in ${plural(places, 'place')}. Swap ${them} there first.`,
      tone: 'refused',
    })
  }
  const rate = (rating: number) => editMedia(store, chosen(), { rating }, 'Rating')
  const ask = async (kind: Asked['kind']) => {
    const medium = await db.media.get(chosen()[0] ?? '')
    if (medium) setAsked({ kind, medium })
  }
  const newPost = async () => {
    const medium = await db.media.get(chosen()[0] ?? '')
    if (!medium) return
    const fields = { title: stemOf(medium.name), coverId: medium.id, ownerId: me, status: 'draft' as const }
    go({ screen: 'write', postId: await createPost(store, fields) })
  }
  const swap = async (from: Medium, to: Medium) => {
    const swapped = await replaceMedium(store, db, from.id, to.id)
    if (!swapped.ok) return toast({ text: 'Nothing was swapped: one of the two is gone.', tone: 'refused' })
    const posts = swapped.value.length
    toast({
      text: posts === 0 ? 'Swapped.' : `Swapped in ${plural(posts, 'post')}. What is out already keeps its picture.`,
      undo,
    })
  }

  const commands: Command[] = [
    {
      id: 'media.newPost',
      title: 'New post with it',
      section: 'Media',
      words: 'create write cover',
      enabled: one,
      run: () => void newPost(),
    },
    {
      id: 'media.replace',
      title: 'Swap wherever it is used',
      section: 'Media',
      words: 'replace everywhere',
      enabled: one,
      run: () => void ask('replace'),
    },
    {
      id: 'media.save',
      title: 'Save a copy',
      section: 'Media',
      words: 'export download resize convert crop',
      enabled: one,
      run: () => void ask('save'),
    },
    ...[0, 1, 2, 3, 4, 5].map((rating) => ({
      id: `media.rate.${rating}`,
      title: rating === 0 ? 'Take the rating off' : `Rate ${rating} of 5`,
      section: 'Media',
      keys: String(rating),
      enabled: some,
      run: () => void rate(rating),
    })),
    {
      id: 'media.delete',
      title: 'Delete files',
      section: 'Media',
      keys: 'Delete',
      words: 'trash remove',
      enabled: some,
      run: () => void remove(),
    },
  ]
  /** Made when it opens. */
  const menu = (): MenuEntry[] => [
    { label: 'New post with it', icon: PenLine, disabled: !one(), onSelect: () => void newPost() },
    {
      label: 'Swap wherever it is used…',
      icon: Replace,
      disabled: !one(),
      onSelect: () => void ask('replace'),
    },
    { label: 'Save a copy…', icon: Download, disabled: !one(), onSelect: () => void ask('save') },
    {
      label: 'Rating',
      icon: Star,
      items: [5, 4, 3, 2, 1, 0].map((rating) => ({
        label: rating === 0 ? 'None' : `${rating} of 5`,
        keys: [String(rating)],
        onSelect: () => void rate(rating),
      })),
    },
    { separator: true },
    { label: 'Delete', icon: Trash2, keys: ['Delete'], danger: true, onSelect: () => void remove() },
  ]
  const close = () => setAsked(null)
  const dialog =
    asked?.kind === 'replace' ? (
      <MediumPicker
        title={`Swap “${asked.medium.name}” for`}
        action="Swap"
        kinds={[asked.medium.kind]}
        onPick={([to]) => to && to.id !== asked.medium.id && void swap(asked.medium, to)}
        onClose={close}
      />
    ) : asked?.kind === 'save' ? (
      <SaveCopy medium={asked.medium} onClose={close} />
    ) : null
  return { commands, menu, dialog, remove, newPost, replace: () => void ask('replace') }
}
