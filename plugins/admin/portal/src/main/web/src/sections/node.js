import { single } from './pages.js'

/** The node itself: its jars, and all that is configured. */
export const node = {
  title: 'Node',
  sections: [
    single('plugin-jars', 'Plugin jars', () => import('../pages/node/PluginJars.vue')),
    single('configuration', 'Configuration', () => import('../pages/node/Configuration.vue')),
  ],
}
