import type { Reporter, TestModule } from "vitest/node";

/** Ends the run with `N passed, N failed, N skipped`, counting what really ran; `.ci/run` and CI read this line. */
export default class ClosingLineReporter implements Reporter {
	onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]) {
		const count = { passed: 0, failed: errors.length, skipped: 0 };
		for (const module of modules) {
			if (module.state() === "failed" && module.errors().length > 0) count.failed += 1;
			for (const test of module.children.allTests()) {
				const { state } = test.result();
				if (state === "passed" || state === "failed" || state === "skipped") count[state] += 1;
			}
		}
		process.stdout.write(`\n${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped\n`);
	}
}
