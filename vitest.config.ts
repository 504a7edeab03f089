import { defineConfig } from "vitest/config";

/** The folder says what is real; test/README.md says it in words. */
function project(name: string, timeoutMs: number, oneAtATime = false) {
	return {
		extends: true as const,
		test: {
			name,
			include: [`test/${name}/**/*.test.ts`],
			testTimeout: timeoutMs,
			hookTimeout: timeoutMs,
			...(oneAtATime ? { fileParallelism: false } : {}),
		},
	};
}

export default defineConfig({
	test: {
		pool: "forks",
		maxWorkers: 2,
		execArgv: ["--import", "tsx"],
		reporters: ["default", "./test/support/closing-line-reporter.ts"],
		projects: [
			project("unit", 20_000),
			project("golden", 30_000),
			project("contract", 20_000),
			project("component", 90_000, true),
			project("e2e", 240_000, true),
		],
	},
});
