import axios from 'axios'
import { reactive } from 'vue'

/** Where this origin passes calls on to the Admin API. */
export const API = '/kong-admin'

const client = axios.create({ baseURL: API, timeout: 30000 })

/** What is known of the session: whether a token is asked for, and whether one was given. */
export const session = reactive({ known: false, required: false, open: false })

/** What GET / tells of the node; empty until it is known. */
export const node = reactive({ info: null })

client.interceptors.response.use(undefined, (error) => {
  noticed(error)
  throw error
})

/** A session that has ended shows as 401, whoever asked. */
export function noticed(error) {
  if (error?.response?.status === 401) {
    session.open = false
  }
}

export async function readSession() {
  const { data } = await axios.get('/_portal/session')
  session.required = data.required
  session.open = data.open
  session.known = true
  return session
}

export async function logIn(token) {
  await axios.post('/_portal/session', { token })
  session.open = true
}

export async function logOut() {
  await axios.delete('/_portal/session')
  session.open = false
}

export async function readNode() {
  const { data } = await client.get('/')
  node.info = data
  return data
}

/** All entities of a collection, page after page. */
export async function all(path) {
  const found = []
  let offset = ''
  do {
    const { data } = await client.get(path, { params: { size: 1000, ...(offset && { offset }) } })
    found.push(...data.data)
    offset = data.offset
  } while (offset)
  return found
}

/** The API's own words for what went wrong. */
export function message(error) {
  const body = error?.response?.data
  if (body?.fields && typeof body.fields === 'object') {
    const lines = Object.entries(body.fields).map(([field, says]) => `${field}: ${typeof says === 'string' ? says : JSON.stringify(says)}`)
    if (lines.length > 0) return lines.join('; ')
  }
  return body?.message ?? error?.message ?? 'The request failed.'
}

export default client
