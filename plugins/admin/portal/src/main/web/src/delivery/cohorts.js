// What this page has seen of canaries so far. The API tells counts since a stage began; what came of the last seconds
// is the difference between two looks. The last half an hour is kept while the portal is open, whichever page is shown.
const MOST = 900
const WINDOW = 10_000
const kept = new Map()

const NONE = { requests: 0, errors: 0 }

/** Adds a look, and gives back all there are. Each look of a new stage counts from nothing. */
export function remember(id, state, now = Date.now()) {
  const looks = kept.get(id) ?? []
  const last = looks.at(-1)
  const anew = last !== undefined && (state.canary.requests < last.canary.requests || state.control.requests < last.control.requests)
  const look = { at: now, stage: (last?.stage ?? 0) + (anew ? 1 : 0), canary: state.canary, control: state.control }
  const all = [...looks, look].slice(-MOST)
  kept.set(id, all)
  return all
}

/** The error rate of the last seconds at each look, from 0 to 1; null where there were no requests. */
export function errorRates(looks, cohort) {
  let from = 0
  return looks.map((look, i) => {
    while (looks[from].at < look.at - WINDOW || looks[from].stage < look.stage) from += 1
    // The first look of a later stage is compared with nothing at all: its counts began at zero.
    const opened = look.stage > looks[0].stage && (from === 0 || looks[from - 1].stage < look.stage) && look.at - looks[from].at < WINDOW
    const before = opened ? NONE : looks[from][cohort]
    const requests = look[cohort].requests - before.requests
    return requests > 0 ? (look[cohort].errors - before.errors) / requests : i === 0 && look[cohort].requests > 0 ? look[cohort].error_rate : null
  })
}
