/// <reference lib="webworker" />
/**
 * Makes one film an MP4 with H.264 and AAC, then ends. What need not change is copied. It is read and written in pieces, so that memory does
 * not grow with its length; what a camera noted is not taken over.
 */
import {
  BlobSource,
  Conversion,
  type ConversionAudioOptions,
  type ConversionVideoOptions,
  canEncodeAudio,
  canEncodeVideo,
  Input,
  type InputAudioTrack,
  type InputTrack,
  type InputVideoTrack,
  MATROSKA,
  MP4,
  Mp4OutputFormat,
  Output,
  QTFF,
  Quality,
  StreamTarget,
  type StreamTargetChunk,
  WEBM,
} from 'mediabunny'
import { codecOf, isBoxed } from '../../../shared/media/film.ts'
import { type FilmPicture, type FilmSeen, type FilmWish, planFilm } from '../../../shared/platforms/films.ts'
import { FILMS, type FilmLack, type FilmOrder, type FilmOutcome, type FromFilmWorker } from './filmMessages.ts'

/** As people call them, and `codecOf` does. */
const NAMES: Readonly<Record<string, string>> = {
  avc: 'H.264',
  hevc: 'H.265 (HEVC)',
  vp8: 'VP8',
  vp9: 'VP9',
  av1: 'AV1',
  opus: 'Opus',
  vorbis: 'Vorbis',
  mp3: 'MP3',
  flac: 'FLAC',
  ac3: 'AC-3',
  eac3: 'E-AC-3',
}
/** Frames by which the pace of a film is told. */
const COUNTED = 240
/** Seconds between pictures that stand for themselves: networks ask for two to five. */
const KEY_EVERY = 2
/** What AAC for networks has at most. */
const SOUND = { bitrate: 128_000, sampleRate: 48_000, channels: 2 } as const
/** Pixels of pictures that are tried where the encoder takes no larger ones. */
const SMALLER = [3840 * 2160, 1920 * 1080, 1280 * 720] as const

interface Opened {
  readonly input: Input
  readonly picture: InputVideoTrack
  readonly sound: InputAudioTrack | null
  readonly seen: FilmSeen
}

const cannot = (why: FilmLack['why'], what = ''): FilmLack => ({ kind: 'cannot', why, what })

async function openFilm({ film, type }: FilmOrder): Promise<Opened | null> {
  const input = new Input({ source: new BlobSource(film), formats: [MP4, QTFF, WEBM, MATROSKA] })
  const picture = await input.getPrimaryVideoTrack()
  if (!picture) return null
  const sound = await input.getPrimaryAudioTrack()
  const codec = (await picture.getCodec()) ?? ''
  const read = async (from: number, length: number) =>
    new Uint8Array(await film.slice(from, from + length).arrayBuffer())
  const { averagePacketRate } = await picture.computePacketStats(COUNTED)
  return {
    input,
    picture,
    sound,
    seen: {
      type,
      codec: NAMES[codec] ?? (isBoxed(type) ? await codecOf(read, film.size) : ''),
      sound: sound ? ((await sound.getCodec()) === 'aac' ? 'aac' : 'other') : 'none',
      bytes: film.size,
      seconds: (await input.computeDuration()) - Math.max(0, await input.getFirstTimestamp()),
      width: await picture.getDisplayWidth(),
      height: await picture.getDisplayHeight(),
      fps: averagePacketRate,
    },
  }
}

/** The plan, with a picture this browser can write. */
async function planned(wish: FilmWish, { picture, sound, seen }: Opened) {
  const plan = planFilm(wish, seen)
  if (plan.kind !== 'make') return plan.kind === 'too-long' ? cannot('too-long') : plan
  if (sound && seen.sound === 'other' && !(await canEncodeAudio('aac'))) return cannot('no-aac', await nameOf(sound))
  if (!plan.picture) return plan
  if (!(await picture.canDecode())) return cannot('no-decoder', seen.codec)
  if (await isWritten(plan.picture)) return plan
  for (const pixels of SMALLER) {
    const most = { ...wish.most, pixels: Math.min(pixels, wish.most.pixels ?? pixels) }
    const smaller = planFilm({ ...wish, most }, seen)
    if (smaller.kind === 'make' && smaller.picture && (await isWritten(smaller.picture))) return smaller
  }
  return cannot('no-encoder')
}

async function nameOf(track: InputTrack): Promise<string> {
  const codec = (await track.getCodec()) ?? ''
  return NAMES[codec] ?? codec
}

const isWritten = ({ width, height, bitrate }: FilmPicture): Promise<boolean> =>
  canEncodeVideo('avc', { width, height, quality: new Quality({ bitrate }) })

/** What is asked of the pictures: nothing where they are copied. What turns them is drawn into those that are made anew. */
const pictureAs = (picture: FilmPicture | null): ConversionVideoOptions =>
  picture
    ? {
        codec: 'avc',
        width: picture.width,
        height: picture.height,
        fit: 'fill',
        ...(picture.fps === null ? {} : { frameRate: picture.fps }),
        quality: new Quality({ bitrate: picture.bitrate, bitrateMode: 'variable' }),
        keyFrameInterval: KEY_EVERY,
        allowTransformationMetadata: false,
        forceTranscode: true,
      }
    : {}

async function soundAs(sound: InputAudioTrack | null, { sound: is }: FilmSeen): Promise<ConversionAudioOptions> {
  if (!sound || is === 'aac') return {}
  return {
    codec: 'aac',
    quality: new Quality({ bitrate: SOUND.bitrate }),
    numberOfChannels: Math.min(SOUND.channels, await sound.getNumberOfChannels()),
    sampleRate: Math.min(SOUND.sampleRate, await sound.getSampleRate()),
  }
}

/** Writes the film into the file; gives how many bytes it has, or what is lacking. */
async function write(opened: Opened, picture: FilmPicture | null, file: FileSystemSyncAccessHandle) {
  file.truncate(0)
  const target = new WritableStream<StreamTargetChunk>({
    write: ({ data, position }) => void file.write(data, { at: position }),
  })
  const { input, sound, seen } = opened
  const conversion = await Conversion.init({
    input,
    output: new Output({
      format: new Mp4OutputFormat({ fastStart: false }),
      target: new StreamTarget(target, { chunked: true }),
    }),
    tracks: 'primary',
    video: pictureAs(picture),
    audio: await soundAs(sound, seen),
    tags: {},
    showWarnings: false,
  })
  const [lost] = conversion.discardedTracks
  if (lost) return cannot(lost.track.isVideoTrack() ? 'no-decoder' : 'no-aac', await nameOf(lost.track))
  conversion.onProgress = (share) => say({ kind: 'far', share })
  await conversion.execute()
  file.flush()
  return file.getSize()
}

/** Makes it once; gives how many bytes it has, or what became of it instead. */
async function attempt(wish: FilmWish, opened: Opened, file: FileSystemSyncAccessHandle) {
  const plan = await planned(wish, opened)
  return plan.kind === 'make' ? write(opened, plan.picture, file) : plan
}

async function make(order: FilmOrder): Promise<FilmOutcome> {
  const opened = await openFilm(order)
  if (!opened) return cannot('unreadable')
  const root = await navigator.storage.getDirectory()
  const folder = await root.getDirectoryHandle(FILMS, { create: true })
  const file = await (await folder.getFileHandle(order.into, { create: true })).createSyncAccessHandle()
  try {
    const most = order.wish.most.bytes ?? Number.POSITIVE_INFINITY
    const first = await attempt(order.wish, opened, file)
    if (typeof first !== 'number' || first <= most) return typeof first === 'number' ? { kind: 'made' } : first
    // An encoder takes the bits it is given for a wish: where it went over them it is asked for less, once.
    const less = { ...order.wish, most: { ...order.wish.most, bytes: (most * most) / first } }
    const second = await attempt(less, opened, file)
    if (typeof second !== 'number') return second
    return second <= most ? { kind: 'made' } : cannot('too-long')
  } finally {
    file.close()
  }
}

const say = (said: FromFilmWorker) => self.postMessage(said)

const isFull = (thrown: unknown): boolean => thrown instanceof DOMException && thrown.name === 'QuotaExceededError'

self.onmessage = async ({ data }: MessageEvent<FilmOrder>) => {
  try {
    say({ kind: 'ended', outcome: await make(data) })
  } catch (thrown) {
    // Whatever decoders, encoders and readers of films throw is about this film; the console has their words.
    console.warn('A film could not be converted.', thrown)
    say({ kind: 'ended', outcome: cannot(isFull(thrown) ? 'no-room' : 'unreadable') })
  }
}
