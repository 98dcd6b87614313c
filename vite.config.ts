/** Builds the script and the styles of the pages into `dist/web/client`, where `src/web/assets.ts` reads them. */
import { defineConfig } from 'vite';

export default defineConfig({
  root: 'src/web/client',
  publicDir: false,
  logLevel: 'warn',
  build: {
    outDir: '../../../dist/web/client',
    emptyOutDir: true,
    manifest: 'manifest.json',
    assetsDir: '.',
    modulePreload: false,
    target: 'es2022',
    rollupOptions: { input: ['src/web/client/main.ts', 'src/web/client/theme.ts', 'src/web/client/map.ts'] },
  },
});
