import { computed } from 'vue'
import { useRoute } from 'vue-router'
import { API, node } from './api.js'

/** What the entity packages are told of this portal, for the workspace in the path. */
export function useEntities() {
  const route = useRoute()
  const workspace = computed(() => String(route.params.workspace))
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
