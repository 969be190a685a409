import { computed, ref } from 'vue'
import { useRoute } from 'vue-router'
import { API, node } from './api.js'

/**
 * What the entity packages are told of this portal, for the workspace in whose path a page was opened. A page that has
 * been left may still wait for an answer, and goes on in its own workspace.
 */
export function useEntities() {
  const workspace = ref(String(useRoute().params.workspace))
  const config = computed(() => ({
    app: 'kongManager',
    workspace: workspace.value,
    apiBaseUrl: API,
    gatewayInfo: { edition: 'community', version: node.info?.version ?? '3.9.3' },
    axiosRequestConfig: { withCredentials: true },
  }))
  return { workspace, config, base: computed(() => `/${encodeURIComponent(workspace.value)}`) }
}

/** Where a list leads to. */
export function listRoutes(workspace, section, query) {
  const params = { workspace }
  return {
    createRoute: { name: `${section}-new`, params, query },
    getViewRoute: (id) => ({ name: `${section}-one`, params: { ...params, id } }),
    getEditRoute: (id) => ({ name: `${section}-edit`, params: { ...params, id } }),
  }
}

/** Everyone who is let in may do everything: the lists ask for each of these. */
export const allowed = {
  canCreate: async () => true,
  canDelete: async () => true,
  canEdit: async () => true,
  canRetrieve: async () => true,
}
