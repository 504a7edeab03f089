import type { Reporter, TestModule } from "vitest/node";
import { type AttackKind, attackKinds, type CaseCount, type CaseCounts } from "./kinds.ts";

/** Ends the run with a table: kinds of attack, cases tried, cases refused. A kind that nobody tried fails the run. */
export default class AttackTableReporter implements Reporter {
	onTestRunEnd(modules: readonly TestModule[]) {
		const sums = new Map<AttackKind, CaseCount>(attackKinds.map((kind) => [kind, { tried: 0, refused: 0 }]));
		for (const module of modules) {
			for (const test of module.children.allTests()) {
				const { attacks = {} } = test.meta() as { attacks?: CaseCounts };
				for (const [kind, { tried, refused }] of Object.entries(attacks)) {
					const sum = sums.get(kind as AttackKind);
					if (!sum) throw new Error(`${kind} is missing in kinds.ts`);
					sum.tried += tried;
					sum.refused += refused;
				}
			}
		}
		const rows = [...sums].map(([kind, sum]) => row(kind, sum));
		const all = [...sums.values()].reduce(
			(sum, { tried, refused }) => ({ tried: sum.tried + tried, refused: sum.refused + refused }),
			{ tried: 0, refused: 0 },
		);
		process.stdout.write(`\n${heading}\n${rows.join("\n")}\n${"-".repeat(heading.length)}\n${row("all", all)}\n`);
		if ([...sums.values()].some(({ tried, refused }) => tried === 0 || refused < tried)) process.exitCode = 1;
	}
}

const heading = `${"kind of attack".padEnd(46)}${"tried".padStart(8)}${"refused".padStart(9)}`;

function row(kind: string, { tried, refused }: CaseCount): string {
	const remark = tried === 0 ? "  NOT TRIED" : refused < tried ? `  ${tried - refused} GOT THROUGH` : "";
	return `${kind.padEnd(46)}${String(tried).padStart(8)}${String(refused).padStart(9)}${remark}`;
}
