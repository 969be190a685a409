import { fileURLToPath, URL } from 'node:url'
import { defineConfig } from 'vite'
import vue from '@vitejs/plugin-vue'
import { adjust } from './build/adjust.js'
import { instead } from './build/instead.js'

const GATEWAY = 'http://127.0.0.1:8002'

// The build lands where the jar is packed from; `npm run dev` asks a gateway that runs beside it.
export default defineConfig({
  plugins: [instead(), adjust(), vue()],
  base: '/',
  publicDir: fileURLToPath(new URL('./public', import.meta.url)),
  resolve: {
    dedupe: ['vue', 'vue-router', 'axios'],
  },
  build: {
    outDir: fileURLToPath(new URL('../../../target/classes/web', import.meta.url)),
    emptyOutDir: true,
    assetsDir: '_portal/assets',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 8192,
    reportCompressedSize: false,
    modulePreload: { polyfill: false },
  },
  server: {
    // The gateway sees its own origin, in Host and in Origin; of other pages it is told by Sec-Fetch-Site.
    proxy: Object.fromEntries(['/kong-admin', '/_portal/session'].map((path) => [path, { target: GATEWAY, changeOrigin: true, headers: { origin: GATEWAY } }])),
  },
})
