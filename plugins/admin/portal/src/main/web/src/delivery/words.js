/** A share, from 0 to 1, in per cent. */
export function percent(share, digits = 1) {
  if (share === null || share === undefined) return '–'
  return `${(100 * share).toFixed(digits).replace(/\.0+$/, '')} %`
}

export const figure = (value) => (value === null || value === undefined ? '–' : Number(value).toLocaleString('en'))

/** Milliseconds, as precisely as they are worth it. */
export function millis(value) {
  if (value === null || value === undefined) return '–'
  return `${value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en')} ms`
}

/** A moment, given in milliseconds: the time of today, else with the date. */
export function moment(at) {
  const then = new Date(at)
  const today = then.toDateString() === new Date().toDateString()
  return today ? then.toLocaleTimeString() : then.toLocaleString()
}

const UNITS = [[86400, 'd'], [3600, 'h'], [60, 'min']]

/** A span of seconds in its largest units. */
export function span(seconds) {
  const whole = Math.max(0, Math.round(seconds))
  const at = UNITS.findIndex(([size]) => whole >= size)
  if (at < 0) return `${whole} s`
  const [size, unit] = UNITS[at]
  const rest = whole % size
  const next = UNITS[at + 1] ?? [1, 's']
  const more = Math.floor(rest / next[0])
  return `${Math.floor(whole / size)} ${unit}${more > 0 ? ` ${more} ${next[1]}` : ''}`
}

const PHASES = { fixed: 'fixed share', approval: 'waits for approval' }

/** What a canary does now. */
export function phaseOf(state) {
  return state.phase === 'stage' ? `stage ${state.stage.number} of ${state.stage.of}` : PHASES[state.phase] ?? state.phase
}
