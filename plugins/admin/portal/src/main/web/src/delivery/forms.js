// What a form makes of its fields: the configuration that is sent, without what was left empty.
const number = (text) => (text === '' || text === null ? null : Number(text))
const text = (value) => (value.trim() === '' ? null : value.trim())
const list = (value) => value.split(',').map((each) => each.trim()).filter((each) => each !== '')

/** The fields of each strategy as they stand at first. */
export const blank = () => ({
  'blue-green': { blue: '', green: '', watched: true, window: 300, min_requests: 20, max_error_rate: 5, preview_header: '', preview_secret: '', preview_groups: '' },
  canary: {
    upstream_host: '', how: 'percentage', percentage: 1, hash: 'consumer', hash_header: '',
    stages: [
      { percentage: 1, ends: 'duration', duration: 600 },
      { percentage: 10, ends: 'duration', duration: 600 },
      { percentage: 50, ends: 'pause', duration: 600 },
      { percentage: 100, ends: 'never', duration: 600 },
    ],
    gated: true, max_error_rate_delta: 2, min_requests: 100, interval: 10, max_p99_ratio: '', action: 'rollback',
  },
  mirror: { upstream: '', percentage: 100 },
})

function blueGreen(form) {
  const groups = list(form.preview_groups)
  return {
    blue: form.blue,
    green: form.green,
    ...(form.watched && { watch: { window: number(form.window), min_requests: number(form.min_requests), max_error_rate: number(form.max_error_rate) / 100 } }),
    ...(text(form.preview_header) && { preview_header: text(form.preview_header) }),
    ...(text(form.preview_secret) && { preview_secret: text(form.preview_secret) }),
    ...(groups.length > 0 && { preview_groups: groups }),
  }
}

const stage = (row) => ({
  percentage: number(row.percentage),
  ...(row.ends === 'duration' && { duration: number(row.duration) }),
  ...(row.ends === 'pause' && { pause: true }),
})

function canary(form) {
  return {
    upstream_host: form.upstream_host,
    hash: form.hash,
    ...(form.hash === 'header' && { hash_header: text(form.hash_header) }),
    ...(form.how === 'percentage' ? { percentage: number(form.percentage) } : { stages: form.stages.map(stage) }),
    ...(form.gated && {
      gate: {
        max_error_rate_delta: number(form.max_error_rate_delta) / 100,
        min_requests: number(form.min_requests),
        interval: number(form.interval),
        max_p99_ratio: number(form.max_p99_ratio),
        action: form.action,
      },
    }),
  }
}

const MAKERS = { 'blue-green': blueGreen, canary, mirror: (form) => ({ upstream: form.upstream, percentage: number(form.percentage) }) }

export const configOf = (kind, form) => MAKERS[kind](form)
