import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/**
 * `npm run build:web` writes dist/web, which the server gives out. For work on the page: `npx vite src/web` beside a
 * running server (another one by KEEPCLEAR_SERVER=http://host:port).
 */
const server = process.env.KEEPCLEAR_SERVER ?? "http://127.0.0.1:8080";

export default defineConfig({
	plugins: [react()],
	build: {
		outDir: "../../dist/web",
		emptyOutDir: true,
		// The server's content security policy lets nothing in from data: URLs but pictures.
		assetsInlineLimit: 0,
		modulePreload: { polyfill: false },
	},
	server: { proxy: { "/api": { target: server, changeOrigin: false } } },
});
