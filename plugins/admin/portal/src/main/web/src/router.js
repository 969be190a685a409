import { createRouter, createWebHistory } from 'vue-router'
import { readSession, session } from './api.js'

/** The pages of one kind of entity: list, new, one, edit. */
function section(name, title, pages) {
  const one = title.replace(/s$/, '')
  return [
    { path: name, name, component: pages.list, meta: { title, section: name } },
    { path: `${name}/new`, name: `${name}-new`, component: pages.form, meta: { title: `New ${one.toLowerCase()}`, section: name } },
    { path: `${name}/:id`, name: `${name}-one`, component: pages.one, meta: { title: one, section: name } },
    { path: `${name}/:id/edit`, name: `${name}-edit`, component: pages.form, meta: { title: `Edit ${one.toLowerCase()}`, section: name } },
  ]
}

const routes = [
  { path: '/', redirect: { name: 'overview', params: { workspace: 'default' } } },
  { path: '/login', name: 'login', component: () => import('./pages/Login.vue'), meta: { title: 'Log in', bare: true } },
  { path: '/workspaces', name: 'workspaces', component: () => import('./pages/Workspaces.vue'), meta: { title: 'Workspaces', section: 'workspaces' } },
  {
    path: '/:workspace',
    component: () => import('./shell/InWorkspace.vue'),
    children: [
      { path: '', redirect: (to) => ({ name: 'overview', params: to.params }) },
      { path: 'overview', name: 'overview', component: () => import('./pages/Overview.vue'), meta: { title: 'Overview', section: 'overview' } },
      ...section('upstreams', 'Upstreams', {
        list: () => import('./pages/UpstreamList.vue'),
        form: () => import('./pages/UpstreamForm.vue'),
        one: () => import('./pages/UpstreamOne.vue'),
      }),
      ...section('services', 'Services', {
        list: () => import('./pages/ServiceList.vue'),
        form: () => import('./pages/ServiceForm.vue'),
        one: () => import('./pages/ServiceOne.vue'),
      }),
      ...section('routes', 'Routes', {
        list: () => import('./pages/RouteList.vue'),
        form: () => import('./pages/RouteForm.vue'),
        one: () => import('./pages/RouteOne.vue'),
      }),
    ],
  },
  { path: '/:rest(.*)*', name: 'nowhere', component: () => import('./pages/Nowhere.vue'), meta: { title: 'Not found' } },
]

export const router = createRouter({
  history: createWebHistory(),
  routes,
  scrollBehavior: (to, from, kept) => kept ?? { top: 0 },
})

router.beforeEach(async (to) => {
  if (!session.known) {
    try {
      await readSession()
    } catch {
      // The page itself says what it cannot reach.
      return true
    }
  }
  if (!session.open && to.name !== 'login') {
    return { name: 'login', query: { to: to.fullPath } }
  }
  return true
})

router.afterEach((to) => {
  const where = to.params.workspace ? ` · ${to.params.workspace}` : ''
  document.title = `${to.meta.title ?? 'Sluice'}${where} · Sluice`
})
