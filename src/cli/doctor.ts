import type { Command } from "commander";
import { edgeFindings } from "./doctor/edge-findings.ts";
import { line, withoutSecrets } from "./doctor/finding.ts";
import { machineFindings } from "./doctor/machine-findings.ts";
import { serverFindings } from "./doctor/server-findings.ts";

export function registerDoctor(program: Command): void {
	program
		.command("doctor")
		.description(
			"looks at this machine, and at the set-up of a server, an edge or both, and says what to do; exit 1 where something is wrong",
		)
		.option("--server <file>", "the server's configuration: its folder, database, ports, secrets and broker too")
		.option("--edge <file>", "an edge's configuration: its folder, models, and ways to server and broker too")
		.option("--json", "one JSON object a finding")
		.action(async ({ server, edge, json = false }: { server?: string; edge?: string; json?: boolean }) => {
			const findings = await examine({ server, edge });
			for (const finding of findings) console.log(json ? JSON.stringify(finding) : line(finding));
			if (findings.some(({ ok }) => !ok)) process.exitCode = 1;
		});
}

/** @param set the configurations' files; without any, the machine alone is looked at */
export async function examine(set: { readonly server?: string | undefined; readonly edge?: string | undefined }) {
	const ofMachine = await machineFindings();
	const none = { findings: [], secrets: [] };
	const ofServer = set.server === undefined ? none : await serverFindings(set.server);
	const ofEdge = set.edge === undefined ? none : await edgeFindings(set.edge);
	const secrets = [...ofServer.secrets, ...ofEdge.secrets];
	const all = [
		...ofMachine,
		...ofServer.findings.map((each) => ({ ...each, about: `server ${each.about}` })),
		...ofEdge.findings.map((each) => ({ ...each, about: `edge ${each.about}` })),
	];
	return all.map((finding) => withoutSecrets(finding, secrets));
}
