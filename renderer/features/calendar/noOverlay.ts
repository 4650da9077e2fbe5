/** Stands in for react-big-calendar's pop-up of hidden events (see electron.vite.config.ts): ours is in Popups.tsx. */
export const Overlay = () => null
