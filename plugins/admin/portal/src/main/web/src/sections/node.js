/** The node itself: its jars, and all that is configured. */
export const node = {
  title: 'Node',
  sections: [],
}
