import { createCampaign, NEW_CAMPAIGN } from '../data/commands/campaigns.ts'
import { createPost } from '../data/commands/posts.ts'
import { changeSettings } from '../data/commands/workspace.ts'
import { useUndo } from '../parts/index.ts'
import { useCommands } from '../ports/commands.ts'
import { useDeps } from '../ports/deps.tsx'
import { openDialog } from '../ports/dialogs.ts'
import { go, goBack, goToGrid, SETTINGS, type SettingsPage } from '../ports/navigation.ts'
import { useSettings } from '../ports/reference.tsx'

interface AppCommandsOptions {
  readonly folded: boolean
  /** Absent where the window leaves no choice. */
  readonly toggleSidebar?: () => void
}

/** What can be done from every screen. */
export function useAppCommands({ folded, toggleSidebar }: AppCommandsOptions): void {
  const { store } = useDeps()
  const settings = useSettings()
  const { undo, redo } = useUndo()
  const newPost = async () =>
    go({ screen: 'write', postId: await createPost(store, { ownerId: settings.me, status: 'draft' }) })
  const newCampaign = async () =>
    go({ screen: 'campaign', campaignId: await createCampaign(store, { name: NEW_CAMPAIGN, ownerId: settings.me }) })
  const theme = (next: 'light' | 'dark' | 'system') => void changeSettings(store, { theme: next }, 'Look')

  useCommands([
    {
      id: 'app.palette',
      title: 'Search or do',
      section: 'General',
      keys: 'Mod+K',
      inFields: true,
      run: () => openDialog({ kind: 'palette' }),
    },
    {
      id: 'app.keys',
      title: 'Keys of this screen',
      section: 'General',
      keys: '?',
      words: 'shortcuts help',
      run: () => openDialog({ kind: 'keys' }),
    },
    { id: 'app.undo', title: 'Undo', section: 'General', keys: 'Mod+Z', run: undo },
    { id: 'app.redo', title: 'Redo', section: 'General', keys: 'Mod+Shift+Z | Mod+Y', run: redo },
    {
      id: 'app.sidebar',
      title: folded ? 'Unfold the sidebar' : 'Fold the sidebar',
      section: 'General',
      keys: 'Mod+\\',
      inFields: true,
      enabled: () => toggleSidebar !== undefined,
      run: () => toggleSidebar?.(),
    },
    { id: 'app.back', title: 'Go back', section: 'General', keys: 'Alt+ArrowLeft', run: goBack },
    {
      id: 'post.new',
      title: 'New post',
      section: 'Posts',
      keys: 'C',
      words: 'create write',
      run: () => void newPost(),
    },
    {
      id: 'post.quickAdd',
      title: 'Quick add a post',
      section: 'Posts',
      keys: 'Q',
      words: 'parse thu 9:30',
      run: () => openDialog({ kind: 'quickAdd' }),
    },
    ...(['post', 'campaign'] as const).map((of) => ({
      id: `${of}.template`,
      title: `New ${of} from a template…`,
      section: of === 'post' ? 'Posts' : 'Campaigns',
      run: () => openDialog({ kind: 'template', of }),
    })),
    {
      id: 'post.fillGaps',
      title: 'Fill gaps from evergreens…',
      section: 'Posts',
      words: 'evergreen pool recycle slots again',
      run: () => openDialog({ kind: 'evergreen' }),
    },
    { id: 'campaign.new', title: 'New campaign', section: 'Campaigns', words: 'create', run: () => void newCampaign() },
    { id: 'go.today', title: 'Go to Today', section: 'Go to', keys: 'G T', run: () => go({ screen: 'today' }) },
    {
      id: 'go.calendar',
      title: 'Go to Calendar',
      section: 'Go to',
      keys: 'G C',
      run: () => go({ screen: 'calendar' }),
    },
    {
      id: 'go.grid',
      title: 'Go to the Instagram grid',
      section: 'Go to',
      keys: 'G G',
      words: 'profile planner tiles swap',
      run: () => goToGrid(),
    },
    { id: 'go.write', title: 'Go to Write', section: 'Go to', keys: 'G W', run: () => go({ screen: 'write' }) },
    { id: 'go.board', title: 'Go to Board', section: 'Go to', keys: 'G B', run: () => go({ screen: 'board' }) },
    {
      id: 'go.media',
      title: 'Go to Media',
      section: 'Go to',
      keys: 'G M',
      words: 'pictures files library',
      run: () => go({ screen: 'media' }),
    },
    {
      id: 'go.settings',
      title: 'Go to Settings',
      section: 'Go to',
      keys: 'G S',
      run: () => go({ screen: 'settings' }),
    },
    ...(Object.keys(SETTINGS) as SettingsPage[]).map((page) => ({
      id: `go.settings.${page}`,
      title: `Settings: ${SETTINGS[page]}`,
      section: 'Go to',
      run: () => go({ screen: 'settings', page }),
    })),
    { id: 'go.trash', title: 'Go to Trash', section: 'Go to', run: () => go({ screen: 'trash' }) },
    {
      id: 'transfer.import',
      title: 'Bring in posts',
      section: 'Import and export',
      words: 'import markdown csv ics',
      run: () => go({ screen: 'import' }),
    },
    {
      id: 'transfer.export',
      title: 'Export posts',
      section: 'Import and export',
      words: 'markdown csv ics json save',
      run: () => openDialog({ kind: 'export' }),
    },
    {
      id: 'plan.pdf',
      title: 'Plan to PDF',
      section: 'Import and export',
      words: 'print hand over client',
      run: () => openDialog({ kind: 'plan' }),
    },
    { id: 'look.light', title: 'Light look', section: 'Look', words: 'theme day', run: () => theme('light') },
    { id: 'look.dark', title: 'Dark look', section: 'Look', words: 'theme night', run: () => theme('dark') },
    { id: 'look.system', title: 'Look of the system', section: 'Look', words: 'theme', run: () => theme('system') },
  ])
}
