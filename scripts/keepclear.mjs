#!/usr/bin/env node
// The command `keepclear`. The programs are TypeScript and run as they are: what is read is what runs.
import { existsSync } from "node:fs";

if (!existsSync(new URL("../node_modules/tsx", import.meta.url))) {
	const { setUp } = await import("./set-up.mjs");
	setUp("run");
}
const { register } = await import("tsx/esm/api");
register();
await import("../src/cli/main.ts");
