/**
 * The Dockerfile's steps in a folder, without a Docker engine:
 *
 *     npm run image -- server /tmp/keepclear-image
 */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { imageBuilder } from "./build-image.ts";

const [target, folder, ...more] = process.argv.slice(2);
if (target === undefined || folder === undefined || more.length > 0) {
	console.error("npm run image -- server|edge FOLDER");
	process.exit(2);
}
if (existsSync(folder) && readdirSync(folder).length > 0) {
	console.error(`${folder} is not empty: name a folder that is empty or not there yet`);
	process.exit(2);
}
try {
	const context = fileURLToPath(new URL("../..", import.meta.url));
	const build = await imageBuilder({ context, folder: resolve(folder), say: (line) => console.log(line) });
	const image = await build(target);
	const [size = "?"] = execFileSync("du", ["-sh", image.root], { encoding: "utf8" }).split("\t");
	console.log(`${image.root}: ${size} beside its base; Debian packages: ${[...new Set(image.packages)].join(" ")}`);
	console.log(`starts as ${image.user}: ${image.argv.join(" ")}`);
} catch (error) {
	console.error(error instanceof Error ? error.message : String(error));
	process.exit(1);
}
