import client, { message } from '../api.js'

/** The strategies of deployment that have pages here, by the names of their plugins. */
export const KINDS = {
  'blue-green': {
    title: 'Blue-green',
    says: 'Two versions, each an upstream. One serves; a switch to the other one is a single write, and so is the way back.',
  },
  canary: {
    title: 'Canary',
    says: 'A share of the clients goes to a new version and keeps to it, at once or in stages. A gate can take a faulty version back.',
  },
  mirror: {
    title: 'Mirror',
    says: 'Copies of requests go to a shadow, and its answers are compared with those that clients get. Clients notice nothing.',
  },
}

/** What the part of a page that shows a strategy is given. */
export const GIVEN = {
  workspace: { type: String, required: true },
  /** Where it is steered. */
  path: { type: String, required: true },
  plugin: { type: Object, required: true },
  /** What the API tells of it now. */
  state: { type: Object, required: true },
  /** Of services and routes, by their ids. */
  names: { type: Object, required: true },
}

/** Where a strategy is steered: by the plugin's own id, wherever it is attached. */
export const steer = (base, plugin) => `${base}/plugins/${plugin.id}/${plugin.name}`

/** What a strategy that is not there, or whose jar is not, is told as. */
export function problemOf(error, jar) {
  if (error?.response?.status === 404 && error.response.data?.message === 'Not found') {
    return `The Admin API knows nothing of it: it was removed, or the plugin jar "${jar}" is not loaded.`
  }
  return message(error)
}

/**
 * The names of the services and routes that plugins are attached to, as far as they are not known yet. One that is
 * gone keeps its id.
 */
export async function learnNames(base, plugins, names) {
  const wanted = new Map()
  for (const plugin of plugins) {
    for (const kind of ['service', 'route']) {
      const id = plugin[kind]?.id ?? (typeof plugin[kind] === 'string' ? plugin[kind] : null)
      if (id && !(id in names)) wanted.set(id, `${base}/${kind}s/${id}`)
    }
  }
  await Promise.all([...wanted].map(async ([id, path]) => {
    try {
      const { data } = await client.get(path)
      names[id] = data.name ?? id
    } catch (error) {
      if (error.response?.status !== 404) throw error
      names[id] = id
    }
  }))
}

/** What is wrong with which field: Kong's nested fields as dotted paths, `config.stages.1.percentage` among them. */
export function faultsOf(error) {
  const found = {}
  const walk = (value, path) => {
    if (typeof value === 'string') found[path] = value
    else if (value && typeof value === 'object') {
      for (const [key, each] of Object.entries(value)) {
        // Messages about a whole stand in a list of texts.
        const inner = Array.isArray(value) && typeof each === 'string' ? path : path ? `${path}.${key}` : key
        if (inner === path && found[path]) found[path] += `; ${each}`
        else walk(each, inner)
      }
    }
  }
  walk(error?.response?.data?.fields, '')
  return found
}
