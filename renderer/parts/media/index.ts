/** Media as several screens show them. Apart from the other parts, so that the first screen does not load them. */
export { AddingStrip, FileInputs, useAdd, useFileInputs } from './AddFiles.tsx'
export { MediaGrid } from './MediaGrid.tsx'
export { MediumPicker } from './MediumPicker.tsx'
export { MediumThumb, useThumbAddress } from './MediumThumb.tsx'
export { useBlobAddress, useOriginal, useShownPicture } from './useBytes.ts'
export { useIncoming } from './useIncoming.ts'
export { useLibrary } from './useLibrary.ts'
export * from './words.ts'
