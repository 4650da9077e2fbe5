import {
  ArrowLeft,
  CalendarClock,
  Check,
  ChevronLeft,
  ChevronRight,
  Crop,
  Ellipsis,
  Eye,
  Minus,
  PenLine,
  Plus,
  Replace,
  RotateCw,
  Target,
  TriangleAlert,
  Undo2,
  X,
} from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { NETWORKS } from '../../../shared/domain/channel.ts'
import { type Medium, rightsOf } from '../../../shared/domain/medium.ts'
import { dateAt } from '../../../shared/domain/time.ts'
import { newId } from '../../../shared/lib/ids.ts'
import {
  type Edits,
  type Frame,
  frameOf,
  pixelsOf,
  type Size,
  scaleFrame,
  turnedSize,
  turnOnce,
} from '../../../shared/media/crop.ts'
import { OWN_SHAPE, ratioOf, ratioWords, SHAPES } from '../../../shared/media/shapes.ts'
import { editMedia } from '../../data/commands/media.ts'
import { formatCount, ScreenLayout, useUndo } from '../../parts/index.ts'
import {
  MediumThumb,
  rightsWords,
  Stage,
  StageRoom,
  useBlobAddress,
  useLibrary,
  useOriginal,
  useThumbAddress,
} from '../../parts/media/index.ts'
import { useCommands } from '../../ports/commands.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useQuery } from '../../ports/live.ts'
import { go } from '../../ports/navigation.ts'
import { useSettings } from '../../ports/reference.tsx'
import {
  Button,
  CallSign,
  cx,
  Divider,
  EmptyState,
  IconButton,
  Menu,
  Panel,
  PanelHead,
  Pill,
  SegmentedControl,
  Toolbar,
  TopBar,
  toast,
} from '../../ui/index.ts'
import { CropPreview } from './CropPreview.tsx'
import styles from './DetailScreen.module.css'
import details from './Details.module.css'
import { About, AltText, FileFacts, Rights, UsedIn, useUsers } from './Details.tsx'
import { Foot } from './MediumDock.tsx'
import { selectMedia, useMediaUi } from './uiState.ts'
import { useMediaActions } from './useMediaActions.tsx'

/** One file in full: its picture with crops and point, and everything said about it. */
export function DetailScreen({ mediumId }: { mediumId: string }) {
  const { clock } = useDeps()
  const { zone } = useSettings()
  const { filter, order, words } = useMediaUi()
  const { ids } = useLibrary(filter, order, words)
  const found = useQuery(async (db) => ({ medium: await db.media.get(mediumId) }), [mediumId])
  const medium = found?.medium
  const actions = useMediaActions(() => [mediumId])
  // One comes back to where one is.
  useEffect(() => selectMedia([mediumId]), [mediumId])
  const at = ids?.indexOf(mediumId) ?? -1
  const show = (id: string | undefined) => id && go({ screen: 'media', mediumId: id })
  const [previous, next] = at < 0 ? [] : [ids?.[at - 1], ids?.[at + 1]]
  const back = () => go({ screen: 'media' })
  useCommands([
    { id: 'media.back', title: 'Back to the library', section: 'Media', keys: 'Escape', run: back },
    {
      id: 'media.previous',
      title: 'Previous file',
      section: 'Media',
      keys: 'K',
      enabled: () => Boolean(previous),
      run: () => show(previous),
    },
    {
      id: 'media.next',
      title: 'Next file',
      section: 'Media',
      keys: 'J',
      enabled: () => Boolean(next),
      run: () => show(next),
    },
    ...actions.commands,
  ])
  if (!found) return <ScreenLayout>{null}</ScreenLayout>
  if (!medium || medium.trashedAt > 0)
    return (
      <ScreenLayout>
        <TopBar title="Media" />
        <EmptyState
          illustration="media"
          sentence={medium ? 'This file lies in the trash.' : 'This file is not in the library any more.'}
          action={<Button onClick={back}>Back to the library</Button>}
        />
      </ScreenLayout>
    )
  const rights = rightsWords(medium, dateAt(clock.now(), zone))
  const ended = rightsOf(medium, dateAt(clock.now(), zone)).kind === 'ended'
  return (
    <ScreenLayout
      dockLabel="About the file"
      dock={
        <DetailDock
          medium={medium}
          actions={actions}
          onClose={back}
          title={
            rights ? (
              <Pill tone={ended ? 'red' : 'amber'} icon={CalendarClock}>
                {rights}
              </Pill>
            ) : (
              'About'
            )
          }
        />
      }
    >
      <TopBar
        title={medium.name}
        sub={
          at < 0 || !ids
            ? ''
            : `${formatCount(at + 1)} of ${formatCount(ids.length)}${filter.folder ? ` in ${filter.folder}` : ''}`
        }
        end={
          <>
            <IconButton
              icon={ChevronLeft}
              label="Previous file"
              className={styles.turn}
              keys={['K']}
              disabled={!previous}
              onClick={() => show(previous)}
            />
            <IconButton
              icon={ChevronRight}
              label="Next file"
              className={styles.turn}
              keys={['J']}
              disabled={!next}
              onClick={() => show(next)}
            />
            <Button icon={Replace} onClick={actions.replace}>
              Swap…
            </Button>
            <Button icon={PenLine} onClick={() => void actions.newPost()}>
              New post with it
            </Button>
          </>
        }
      >
        <IconButton
          icon={ArrowLeft}
          label="Back to the library"
          keys={['Escape']}
          onClick={back}
          className={cx(styles.back, styles.turn)}
        />
      </TopBar>
      {medium.kind === 'image' && medium.preview && medium.width > 0 ? (
        <PictureEditor medium={medium} />
      ) : (
        <Whole medium={medium} />
      )}
      {actions.dialog}
    </ScreenLayout>
  )
}

interface DetailDockProps {
  medium: Medium
  actions: ReturnType<typeof useMediaActions>
  title: React.ReactNode
  onClose: () => void
}

function DetailDock({ medium, actions, title, onClose }: DetailDockProps) {
  const users = useUsers(medium) ?? []
  return (
    <>
      <PanelHead
        title={title}
        end={
          <>
            <Menu
              trigger={<IconButton icon={Ellipsis} label="More" tooltip={false} />}
              items={actions.menu()}
              align="end"
            />
            <IconButton icon={X} label="Close" keys={['Escape']} onClick={onClose} />
          </>
        }
      />
      <Panel grow className={details.details}>
        {medium.kind !== 'document' && <AltText medium={medium} />}
        <Rights medium={medium} users={users} onSwap={actions.replace} />
        <UsedIn medium={medium} users={users} />
        <About medium={medium} />
        <FileFacts medium={medium} />
      </Panel>
      <Foot uses={users.length} actions={actions} />
    </>
  )
}

/** A film and audio play, a document shows its first page, and what cannot be shown says so. */
function Whole({ medium }: { medium: Medium }) {
  const bytes = useOriginal(medium)
  const plays = medium.kind === 'video' || medium.kind === 'audio'
  const url = useBlobAddress(plays && medium.preview ? bytes : null)
  return (
    <StageRoom>
      {url && medium.kind === 'audio' ? (
        // biome-ignore lint/a11y/useMediaCaption: what is said in it is its alt text
        <audio key={url} className={styles.audio} src={url} controls aria-label={medium.alt || medium.name} />
      ) : url ? (
        // biome-ignore lint/a11y/useMediaCaption: captions are what a network is given with it, if at all
        <video key={url} className={styles.film} src={url} controls aria-label={medium.alt || medium.name} />
      ) : medium.preview ? (
        <MediumThumb medium={medium} whole alt={medium.alt} />
      ) : (
        <p className={styles.stageWords}>
          {bytes === null
            ? 'The bytes of this file are not on this computer any more.'
            : 'This browser cannot show it. The file is kept as it is, and goes out as it is.'}
        </p>
      )}
    </StageRoom>
  )
}

type Mode = 'crop' | 'point' | 'original'

/** Where a shape of one's own begins. */
const FIRST_OWN: Frame = { x: 0.1, y: 0.1, width: 0.8, height: 0.8 }

function PictureEditor({ medium }: { medium: Medium }) {
  const { store } = useDeps()
  const { undo } = useUndo()
  const [mode, setMode] = useState<Mode>('crop')
  const [shapeId, setShapeId] = useState(SHAPES[0]?.id ?? OWN_SHAPE)
  // What is done with one shape in one go is one undo.
  const gesture = useMemo(() => `crop-${newId()}-${shapeId}-${mode}`, [shapeId, mode])
  const bytes = useOriginal(medium)
  const url = useBlobAddress(bytes)
  const thumb = useThumbAddress(medium)
  const { edits } = medium
  const size = turnedSize(medium, edits.turn)
  const shape = SHAPES.find(({ id }) => id === shapeId)
  const ratio = shape ? ratioOf(shape) : null
  const frame = shape
    ? frameOf(size, edits, { id: shape.id, ratio: ratioOf(shape) })
    : (edits.frames[OWN_SHAPE] ?? FIRST_OWN)
  const isSet = edits.frames[shapeId] !== undefined

  const edit = (next: Edits, what: string, within?: string) =>
    editMedia(store, [medium.id], { edits: next }, what, within)
  const setFrame = (next: Frame) =>
    void edit({ ...edits, frames: { ...edits.frames, [shapeId]: next } }, `Crop ${shapeId}`, gesture)
  const follow = () => {
    const { [shapeId]: _gone, ...frames } = edits.frames
    void edit({ ...edits, frames }, `Crop ${shapeId}`)
  }
  const turn = async () => {
    const lost = Object.keys(edits.frames).filter((id) => id !== OWN_SHAPE).length
    await edit(turnOnce(edits, OWN_SHAPE), 'Turn')
    if (lost > 0) toast({ text: 'Turned. Crops of a shape follow the point again.', undo })
  }
  return (
    <>
      <Toolbar
        label="Crop"
        end={
          <>
            {mode === 'crop' && (
              <>
                {isSet && (
                  <Button size="sm" variant="ghost" icon={Undo2} onClick={follow}>
                    {shape ? 'Follow the point' : 'Take it off'}
                  </Button>
                )}
                <IconButton
                  size="sm"
                  icon={Minus}
                  label="Smaller frame"
                  onClick={() => setFrame(scaleFrame(frame, 1 / 1.1))}
                />
                <IconButton
                  size="sm"
                  icon={Plus}
                  label="Larger frame"
                  onClick={() => setFrame(scaleFrame(frame, 1.1))}
                />
              </>
            )}
            <IconButton size="sm" icon={RotateCw} label="Turn by a quarter" onClick={() => void turn()} />
          </>
        }
      >
        <SegmentedControl<Mode>
          label="What the hand does"
          value={mode}
          onChange={setMode}
          options={[
            { value: 'crop', label: 'Crop', icon: Crop },
            { value: 'point', label: 'Point', icon: Target },
            { value: 'original', label: 'Original', icon: Eye },
          ]}
        />
        <Divider />
        {mode === 'point' ? (
          <span className={styles.facts}>Stays in the picture, whatever it is cropped to</span>
        ) : (
          <Facts size={size} frame={mode === 'crop' ? frame : null} shapeId={shapeId} />
        )}
      </Toolbar>
      {url ? (
        <Stage
          src={url}
          alt={medium.alt}
          size={size}
          point={edits.point}
          mode={mode}
          frame={frame}
          shape={shape?.id ?? 'Own shape'}
          ratio={ratio && (ratio * size.height) / size.width}
          onFrame={setFrame}
          onPoint={(point) => void edit({ ...edits, point }, 'Point', gesture)}
        />
      ) : (
        <StageRoom>
          {bytes === null && (
            <p className={styles.stageWords}>The bytes of this file are not on this computer any more.</p>
          )}
        </StageRoom>
      )}
      <ShapeStrip
        src={thumb}
        size={size}
        edits={edits}
        chosen={mode === 'original' ? '' : shapeId}
        onChoose={(id) => {
          setMode(id === '' ? 'original' : 'crop')
          if (id) setShapeId(id)
        }}
      />
    </>
  )
}

/** What a crop has in pixels, what its networks want, and whether that is enough. */
function Facts({ size, frame, shapeId }: { size: Size; frame: Frame | null; shapeId: string }) {
  if (!frame)
    return (
      <span className={styles.facts}>
        <b>{ratioWords(size)}</b>
        {size.width} × {size.height}, never changed
      </span>
    )
  const shape = SHAPES.find(({ id }) => id === shapeId)
  const { width, height } = pixelsOf(frame, size)
  const sharp = !shape || (width >= shape.width && height >= shape.height)
  return (
    <span className={styles.facts} role="status">
      <b>{shape ? shape.id : ratioWords({ width, height })}</b>
      {width} × {height}
      {shape && `, needs ${shape.width} × ${shape.height}`}
      {shape && (
        <span className={sharp ? styles.good : styles.bad}>
          {sharp ? <Check aria-hidden size={14} /> : <TriangleAlert aria-hidden size={14} />}
          {sharp ? 'sharp enough' : 'not sharp enough'}
        </span>
      )}
    </span>
  )
}

interface ShapeStripProps {
  src: string | null
  size: Size
  edits: Edits
  /** '' is the original. */
  chosen: string
  onChoose: (id: string) => void
}

const WHOLE: Frame = { x: 0, y: 0, width: 1, height: 1 }
const MOST = { width: 88, height: 64 }

/** Every shape at the foot, each as it cuts now. */
function ShapeStrip({ src, size, edits, chosen, onChoose }: ShapeStripProps) {
  const own = edits.frames[OWN_SHAPE]
  const entry = (id: string, name: string, preview: React.ReactNode, signs: React.ReactNode, note: React.ReactNode) => (
    <button
      key={id}
      type="button"
      aria-pressed={chosen === id}
      className={cx(styles.shape, chosen === id && styles.chosen)}
      onClick={() => onChoose(id)}
    >
      {preview}
      <b>{name}</b>
      <span className={styles.signs}>{signs}</span>
      {note}
    </button>
  )
  return (
    <div role="toolbar" aria-label="Shapes" className={styles.strip}>
      {entry(
        '',
        `Original ${ratioWords(size)}`,
        <CropPreview src={src} frame={WHOLE} of={size} most={MOST} />,
        null,
        'never changed',
      )}
      {SHAPES.map((shape) =>
        entry(
          shape.id,
          shape.id,
          <CropPreview
            src={src}
            frame={frameOf(size, edits, { id: shape.id, ratio: ratioOf(shape) })}
            of={shape}
            most={MOST}
          />,
          shape.networks.map((id) => {
            const { sign, hue, name } = NETWORKS[id]
            return <CallSign key={id} sign={sign} hue={hue} title={name} />
          }),
          edits.frames[shape.id] ? <span className={styles.set}>set by hand</span> : (shape.use ?? 'follows the point'),
        ),
      )}
      {entry(
        OWN_SHAPE,
        'Own shape',
        own ? (
          <CropPreview src={src} frame={own} of={pixelsOf(own, size)} most={MOST} />
        ) : (
          <Plus aria-hidden size={20} />
        ),
        null,
        own ? <span className={styles.set}>set by hand</span> : '\u00a0',
      )}
    </div>
  )
}
