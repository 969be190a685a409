import { fileURLToPath, URL } from 'node:url'
import { defineConfig } from 'vite'
import vue from '@vitejs/plugin-vue'
import { adjust } from './build/adjust.js'

// The build lands where the jar is packed from; `npm run dev` asks a gateway that runs beside it.
export default defineConfig({
  plugins: [adjust(), vue()],
  base: '/',
  publicDir: fileURLToPath(new URL('./public', import.meta.url)),
  resolve: {
    dedupe: ['vue', 'vue-router', 'axios'],
    // The editor of expressions brings its language along: none of the eighty that come with the editor is wanted.
    alias: [{ find: /^monaco-editor$/, replacement: 'monaco-editor/esm/vs/editor/edcore.main.js' }],
  },
  build: {
    outDir: process.env.PORTAL_OUT ?? fileURLToPath(new URL('../../../target/classes/web', import.meta.url)),
    emptyOutDir: true,
    assetsDir: '_portal/assets',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 8192,
    reportCompressedSize: false,
    modulePreload: { polyfill: false },
  },
  server: {
    proxy: {
      '/kong-admin': { target: 'http://127.0.0.1:8002', headers: { origin: 'http://127.0.0.1:8002' } },
      '/_portal/session': { target: 'http://127.0.0.1:8002', headers: { origin: 'http://127.0.0.1:8002' } },
    },
  },
})
