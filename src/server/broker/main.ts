import { InputError } from "#platform/input-error.ts";
import { createLog } from "#platform/log.ts";
import { type BrokerOptions, type BrokerReport, showNewCertificate } from "./broker-options.ts";
import { type Broker, startBroker } from "./start-broker.ts";

/**
 * The embedded broker as a process of its own: flooded, hung or killed, it takes nothing else with it. Started by
 * supervise-broker.ts, which tells it its options over IPC; without the server it ends.
 */
const log = createLog("broker");
const report = (word: BrokerReport) => process.send?.(word);

// Ctrl-C reaches every process of a terminal. The server says when we end: edges still have to say goodbye.
process.on("SIGINT", () => undefined);
process.once("disconnect", () => process.exit(0));
process.once("message", (options: BrokerOptions) => void run(options));

async function run(options: BrokerOptions): Promise<void> {
	try {
		const broker = await startBroker(options, log);
		report({ kind: "ready", ...broker.ports });
		process.on("message", (word) => void (word === showNewCertificate && exchange(broker)));
		process.once("SIGTERM", () => void broker.close().finally(() => process.exit(0)));
	} catch (error) {
		if (!(error instanceof InputError)) log.error({ err: error }, "the broker cannot start");
		report({ kind: "failed", problem: (error as Error).message, mendable: error instanceof InputError });
		process.disconnect();
	}
}

async function exchange(broker: Broker): Promise<void> {
	await broker.showNewCertificate().catch((err: unknown) => log.error({ err }, "the certificate cannot be exchanged"));
}
