import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/**
 * `npm run build:web` writes dist/web, which the server gives out. For work on the page: `npx vite src/web` beside a
 * running server (another one by KEEPCLEAR_SERVER=http://host:port).
 */
const server = process.env.KEEPCLEAR_SERVER ?? "http://127.0.0.1:8080";

const builtTo = join(import.meta.dirname, "../../dist/web");

/** Beside each file of text its compressed forms, made once here and not with each request. */
function compressed(): Plugin {
	return {
		name: "compressed",
		apply: "build",
		closeBundle() {
			for (const name of readdirSync(builtTo, { recursive: true, encoding: "utf8" })) {
				if (!/\.(js|css|html|svg)$/.test(name)) continue;
				const bytes = readFileSync(join(builtTo, name));
				const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
				writeFileSync(join(builtTo, `${name}.br`), brotliCompressSync(bytes, { params }));
				writeFileSync(join(builtTo, `${name}.gz`), gzipSync(bytes, { level: 9 }));
			}
		},
	};
}

export default defineConfig({
	plugins: [react(), compressed()],
	build: {
		outDir: "../../dist/web",
		emptyOutDir: true,
		// The server's content security policy lets nothing in from data: URLs but pictures.
		assetsInlineLimit: 0,
		modulePreload: { polyfill: false },
		rolldownOptions: {
			output: {
				// What the first load needs comes in two pieces, and not in forty with a header each; libraries, which change
				// seldom, stay in the browser's cache when the page does.
				codeSplitting: {
					groups: [
						{ name: "libraries", tags: ["$initial"], test: /node_modules[\\/]/, priority: 1 },
						{ name: "wall", tags: ["$initial"] },
					],
				},
			},
		},
	},
	server: { proxy: { "/api": { target: server, changeOrigin: false } } },
});
