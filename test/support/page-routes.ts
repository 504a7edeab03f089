import { readFileSync } from "node:fs";

/** Every path that the page knows, as its route table (`src/web/app.tsx`) names it; a guard's phone stands beside it. */
export function pageRoutes(): readonly string[] {
	const app = readFileSync(new URL("../../src/web/app.tsx", import.meta.url), "utf8");
	const paths = [...app.matchAll(/<Route\s[^>]*?path="([^"]+)"/g)].map(([, path]) => path as string);
	if (paths.length < 10) throw new Error("src/web/app.tsx no longer names its routes as <Route path=…>");
	return [...paths, "/guard"];
}
