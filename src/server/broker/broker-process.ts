import { fileURLToPath } from "node:url";
import { ended, spawnTied, typescriptLoader } from "#platform/child-process.ts";
import { InputError } from "#platform/input-error.ts";
import { type BrokerOptions, type BrokerPorts, type BrokerReport, showNewCertificate } from "./broker-options.ts";

const program = fileURLToPath(new URL("./main.ts", import.meta.url));
/** Slow machines load the program slowly. */
const startPatienceMs = 60_000;
const stopPatienceMs = 3_000;

/** One run of the broker's process. */
export interface BrokerProcess {
	readonly pid: number;
	/** @throws InputError (port in use, certificate unreadable) or Error when it does not come up. */
	readonly ready: Promise<BrokerPorts>;
	/** How it ended, in words. */
	readonly ended: Promise<string>;
	/** Its certificate's files were exchanged. */
	showNewCertificate(): void;
	/** Asks it to end; kills it when it does not. */
	stop(): void;
}

export function startBrokerProcess(options: BrokerOptions): BrokerProcess {
	const child = spawnTied(process.execPath, [...typescriptLoader, program], {
		stdio: ["ignore", "ignore", "inherit", "ipc"],
	});
	const hasEnded = ended(child).then(
		({ code, signal }) => (signal ? `was ended by ${signal}` : `ended with status ${code}`),
		(error: Error) => `cannot be started: ${error.message}`,
	);
	const ready = new Promise<BrokerPorts>((resolve, reject) => {
		const slow = setTimeout(() => {
			child.kill("SIGKILL");
			reject(new Error(`the broker did not come up within ${startPatienceMs / 1000} s`));
		}, startPatienceMs);
		child.once("message", (report: BrokerReport) => {
			clearTimeout(slow);
			if (report.kind === "ready") resolve({ port: report.port, innerPort: report.innerPort });
			else reject(report.mendable ? new InputError(report.problem) : new Error(report.problem));
		});
		void hasEnded.then((how) => {
			clearTimeout(slow);
			reject(new Error(`the broker ${how}`));
		});
	});
	ready.catch(() => undefined); // whoever waits for it is told; nobody need
	child.send(options, () => undefined);
	return {
		pid: child.pid ?? 0,
		ready,
		ended: hasEnded,
		showNewCertificate: () => void (child.connected && child.send(showNewCertificate, () => undefined)),
		stop: () => {
			child.kill("SIGTERM");
			const hard = setTimeout(() => child.kill("SIGKILL"), stopPatienceMs);
			void hasEnded.then(() => clearTimeout(hard));
		},
	};
}
