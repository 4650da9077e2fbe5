/** Stands in for plugins of a date library that react-big-calendar names for a localizer the app does not use. */
export default {}
