import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const project = resolve(import.meta.dirname, '../..')

/** Builds the pages into `dist/web`, which the server hands out. Nothing is inlined, so the strict content policy holds. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: resolve(project, 'dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    // A data: address for a font or a script would break `font-src 'self'` and `script-src 'self'`.
    assetsInlineLimit: 0,
    // Every browser that reads es2022 modules also preloads them.
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
})
