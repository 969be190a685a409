import { createRouter, createWebHistory } from 'vue-router'
import { readSession, session } from './api.js'
import { sections } from './sections/index.js'

const routes = [
  { path: '/', redirect: { name: 'overview', params: { workspace: 'default' } } },
  { path: '/login', name: 'login', component: () => import('./pages/Login.vue'), meta: { title: 'Log in', bare: true } },
  { path: '/workspaces', name: 'workspaces', component: () => import('./pages/Workspaces.vue'), meta: { title: 'Workspaces', section: 'workspaces' } },
  {
    path: '/:workspace',
    component: () => import('./shell/InWorkspace.vue'),
    children: [
      { path: '', redirect: (to) => ({ name: 'overview', params: to.params }) },
      ...sections.flatMap((section) => section.routes),
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
