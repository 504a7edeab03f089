import { defineConfig } from "vitest/config";

/**
 * The folder says what is real; test/README.md says it in words. Groups run one after another, quick ones first. A time limit is
 * for what hangs, not for a machine that others use too: it is many times what a test takes.
 */
function project(name: string, groupOrder: number, timeoutMs: number) {
	// A story end to end takes the whole machine.
	const maxWorkers = name === "e2e" ? 1 : 2;
	const include = [`test/${name}/**/*.test.ts`];
	const timeouts = { testTimeout: timeoutMs, hookTimeout: timeoutMs };
	// Rules keep no state between files, so they need no process of their own each: that is most of their time.
	const isolation = name === "unit" || name === "contract" ? { isolate: false } : {};
	return {
		extends: true as const,
		test: { name, include, ...timeouts, ...isolation, maxWorkers, sequence: { groupOrder } },
	};
}

export default defineConfig({
	test: {
		pool: "forks",
		execArgv: ["--import", "tsx"],
		reporters: ["default", "./test/support/closing-line-reporter.ts"],
		projects: [
			project("unit", 0, 90_000),
			project("golden", 0, 120_000),
			project("contract", 0, 90_000),
			project("component", 1, 240_000),
			project("security", 1, 240_000),
			project("e2e", 2, 400_000),
			// Installs all packages anew, SQLite from its source: minutes, so by `npm run test:image` alone.
			...(process.env["KEEPCLEAR_TEST_IMAGE"] ? [project("image", 3, 900_000)] : []),
		],
	},
});
