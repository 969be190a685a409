import { entity } from './pages.js'

const consumers = entity('consumers', 'Consumers', {
  list: () => import('../pages/ConsumerList.vue'),
  form: () => import('../pages/ConsumerForm.vue'),
  one: () => import('../pages/ConsumerOne.vue'),
})

const credential = () => import('../pages/CredentialForm.vue')
const ofConsumer = 'consumers/:consumer/credentials/:kind'
consumers.routes.push(
  { path: `${ofConsumer}/new`, name: 'credentials-new', component: credential, meta: { title: 'New credential', section: 'consumers' } },
  { path: `${ofConsumer}/:id/edit`, name: 'credentials-edit', component: credential, meta: { title: 'Edit credential', section: 'consumers' } },
)

const form = () => import('../pages/PluginForm.vue')
const plugins = entity('plugins', 'Plugins', {
  list: () => import('../pages/PluginList.vue'),
  fresh: () => import('../pages/PluginChoice.vue'),
  form,
  one: () => import('../pages/PluginOne.vue'),
})
plugins.routes.push({ path: 'plugins/new/:type', name: 'plugins-make', component: form, meta: { title: 'New plugin', section: 'plugins' } })

/** Who may ask for what. */
export const policies = {
  title: 'Policies',
  sections: [consumers, plugins],
}
