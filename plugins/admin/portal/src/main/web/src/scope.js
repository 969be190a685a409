const KINDS = { service: 'services', route: 'routes', consumer: 'consumers' }

/** What a new plugin is to hold for, as the query of a page names it: one service, route or consumer. Empty: for all. */
export function scopeOf(query) {
  const kind = Object.keys(KINDS).find((each) => query[each])
  return kind ? { kind, entityType: KINDS[kind], entityId: String(query[kind]) } : {}
}

/** The page of a service, a route or a consumer. */
export function pageOf(workspace, kind, id) {
  return { name: `${KINDS[kind]}-one`, params: { workspace, id } }
}

/** Where a page of plugins leads back to. */
export function backTo(workspace, scope) {
  return scope.kind ? pageOf(workspace, scope.kind, scope.entityId) : { name: 'plugins', params: { workspace } }
}
