import { ref } from 'vue'
import { all } from './api.js'

/** The names of the workspaces, sorted; the default one first. */
export const workspaces = ref([])

export async function readWorkspaces() {
  const found = await all('/workspaces')
  found.sort((one, other) => (one.name === 'default' ? -1 : other.name === 'default' ? 1 : one.name.localeCompare(other.name)))
  workspaces.value = found
  return found
}
