import { createApp } from 'vue'
import '@fontsource/inter/latin-400.css'
import '@fontsource/inter/latin-500.css'
import '@fontsource/inter/latin-600.css'
import '@kong/kongponents/dist/style.css'
import '@kong-ui-public/entities-shared/dist/style.css'
import '@kong/design-tokens/themes/electric-lime-night.css'
import './styles.css'
import App from './App.vue'
import { router } from './router.js'
import { components } from './kongponents.js'
import { lookAfter } from './mend.js'

const app = createApp(App)
for (const [name, component] of Object.entries(components)) {
  app.component(name, component)
}
lookAfter(document.body)
app.use(router)
// Not before it is known whether this is a page or the login: the frame asks for things at once.
router.isReady().then(() => app.mount('#app'))
