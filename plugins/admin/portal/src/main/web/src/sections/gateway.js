import { entity, single } from './pages.js'

/** What leads a request to a server. */
export const gateway = {
  title: '',
  sections: [
    single('overview', 'Overview', () => import('../pages/Overview.vue')),
    entity('upstreams', 'Upstreams', {
      list: () => import('../pages/UpstreamList.vue'),
      form: () => import('../pages/UpstreamForm.vue'),
      one: () => import('../pages/UpstreamOne.vue'),
    }),
    entity('services', 'Services', {
      list: () => import('../pages/ServiceList.vue'),
      form: () => import('../pages/ServiceForm.vue'),
      one: () => import('../pages/ServiceOne.vue'),
    }),
    entity('routes', 'Routes', {
      list: () => import('../pages/RouteList.vue'),
      form: () => import('../pages/RouteForm.vue'),
      one: () => import('../pages/RouteOne.vue'),
    }),
  ],
}
