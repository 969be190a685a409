import { computed, ref } from 'vue'
import client, { message } from '../api.js'
import { usePolling } from '../parts/polling.js'

const ENDPOINT = '/traffic'

/** The classes of statuses, from the bottom of a chart to its top: what is good lies above, and what is not begins at the floor. */
export const CLASSES = [
  { name: '5xx', title: '5xx', colour: '--class-5xx' },
  { name: '4xx', title: '4xx', colour: '--class-4xx' },
  { name: 'none', title: 'Client gone', colour: '--class-none' },
  { name: '3xx', title: '3xx', colour: '--class-3xx' },
  { name: '1xx', title: 'Switched', colour: '--class-1xx' },
  { name: '2xx', title: '2xx', colour: '--class-2xx' },
]

/** What requests are told apart by. */
export const KINDS = [
  { name: 'service', section: 'services', title: 'Services', one: 'Service', none: 'No service' },
  { name: 'route', section: 'routes', title: 'Routes', one: 'Route', none: 'No route matched' },
  { name: 'upstream', section: 'upstreams', title: 'Upstreams', one: 'Upstream', none: 'Answered by the gateway' },
]

let there = null

/** Whether the jar that counts is loaded: to ask it without knowing would be an error in the browser's eyes. */
async function counted() {
  there ??= client.get('/endpoints').then(({ data }) => data.data.includes(ENDPOINT))
  try {
    const found = await there
    if (!found) there = null
    return found
  } catch (error) {
    there = null
    throw error
  }
}

/** Takes off the step that is under way: as a point of a chart it would always look like a fall. */
function whole(data) {
  if ((data.until - data.from) % data.step === 0) return data
  Object.values(data.total.series).forEach((values) => values.pop())
  data.data.forEach((row) => row.series.pop())
  return data
}

/** Reads figures again and again, but for the time that `idle` says so. */
export function useTraffic(base, params, idle) {
  const found = ref(null)
  const missing = ref(false)
  const problem = ref('')

  const look = usePolling(async (current) => {
    try {
      if (missing.value || !(await counted())) {
        missing.value = true
        return
      }
      const { data } = await client.get(`${base.value}${ENDPOINT}`, { params: params() })
      if (current()) {
        found.value = whole(data)
        problem.value = ''
      }
    } catch (error) {
      if (current()) problem.value = message(error)
    }
  }, 2000, idle)

  /** Requests per second in the last seconds. */
  const rate = computed(() => {
    const points = found.value?.total.series.requests
    if (!points) return null
    const last = points.slice(-Math.max(1, Math.round(5 / found.value.step)))
    return last.reduce((sum, each) => sum + each, 0) / (last.length * found.value.step)
  })

  return { found, missing, problem, rate, look }
}

/** A rate as it is read: one digit behind the point while it is small. */
export function perSecond(value) {
  if (value === null || value === undefined) return '–'
  if (value > 0 && value < 0.05) return '< 0.1'
  return value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en')
}

/** What an entity without a name is called. */
export const nameOf = (row) => row.name ?? row.paths?.[0] ?? row.hosts?.[0] ?? row.id

/** The points of a series as a chart has them, one for each step. */
export const points = (found, values, scale = 1) => values.map((value, i) => [1000 * (found.from + i * found.step), value === null ? null : value * scale])
