// SPDX-License-Identifier: MIT
// Bundles the page into ../vendor/map and copies Leaflet beside it.
import { build } from 'esbuild';
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, '..', 'vendor', 'map');
const shared = {
  bundle: true,
  minify: true,
  charset: 'ascii',
  target: ['chrome100', 'firefox113', 'safari16.4'],
  legalComments: 'none',
  logLevel: 'warning',
};

/** The worker travels inside the page as text, so that one file holds all of an exported map. */
const workerAsText = {
  name: 'worker-as-text',
  setup(/** @type {import('esbuild').PluginBuild} */ plugin) {
    plugin.onResolve({ filter: /^worker-text:/ }, (request) => ({
      path: join(request.resolveDir, request.path.slice('worker-text:'.length)),
      namespace: 'worker-text',
    }));
    plugin.onLoad({ filter: /.*/, namespace: 'worker-text' }, async (request) => {
      const made = await build({
        ...shared,
        entryPoints: [request.path],
        format: 'iife',
        write: false,
      });
      return { contents: made.outputFiles[0].text, loader: 'text', watchFiles: [request.path] };
    });
  },
};

await mkdir(join(out, 'leaflet', 'images'), { recursive: true });
await build({
  ...shared,
  entryPoints: [join(here, 'main.js')],
  format: 'iife',
  globalName: 'Evenfield',
  outfile: join(out, 'evenfield_map.js'),
  plugins: [workerAsText],
});
await build({
  ...shared,
  entryPoints: [join(here, 'page.css')],
  external: ['fonts/*'],
  outfile: join(out, 'evenfield_map.css'),
});
const leaflet = join(here, 'node_modules', 'leaflet');
for (const name of ['leaflet.js', 'leaflet.css']) {
  await copyFile(join(leaflet, 'dist', name), join(out, 'leaflet', name));
}
for (const name of ['layers.png', 'layers-2x.png', 'marker-icon.png']) {
  await copyFile(join(leaflet, 'dist', 'images', name), join(out, 'leaflet', 'images', name));
}
const packaged = JSON.parse(await readFile(join(leaflet, 'package.json'), 'utf8'));
await copyFile(join(leaflet, 'LICENSE'), join(out, 'leaflet', 'LICENSE'));
// The window's type face; Python reads it from there.
const fonts = join(here, 'node_modules', '@expo-google-fonts', 'inter');
const fontsOut = join(here, '..', 'vendor', 'fonts');
await mkdir(fontsOut, { recursive: true });
for (const name of ['400Regular', '500Medium', '600SemiBold']) {
  const file = `Inter_${name}.ttf`;
  await copyFile(join(fonts, name, file), join(fontsOut, file));
}
// The map page may read its own folder only, so it has its own copy of the two that it uses.
await mkdir(join(out, 'fonts'), { recursive: true });
for (const name of ['400Regular', '600SemiBold']) {
  const file = `Inter_${name}.ttf`;
  await copyFile(join(fonts, name, file), join(out, 'fonts', file));
}
await copyFile(join(fonts, 'LICENSE_FONT'), join(fontsOut, 'LICENSE.txt'));
process.stdout.write(`map page built with Leaflet ${packaged.version}\n`);
