import type { Logger } from "#platform/log.ts";
import { backoffMs, wait } from "#platform/wait.ts";
import type { BrokerOptions, BrokerPorts } from "./broker-options.ts";
import { type BrokerProcess, startBrokerProcess } from "./broker-process.ts";

export type { BrokerOptions } from "./broker-options.ts";

const firstWaitMs = 200;
const longestWaitMs = 10_000;
/** A broker that ran so long died of something new: it is started again soon. */
const goodRunMs = 30_000;

/** `port` is where edges connect, `url` where the server does. */
export interface BrokerPlace {
	readonly port: number;
	readonly url: string;
}

export interface SupervisedBroker {
	/** Settles once the broker accepts connections. Rejects when it cannot start at all, with an InputError where that
	 * can be mended: the port is in use, a certificate is unreadable. */
	readonly started: Promise<BrokerPlace>;
	/** Starts the child again whenever it dies. Rejects like `started` when the first start fails. To be called once. */
	run(signal: AbortSignal): Promise<void>;
	/** The files of its certificate were exchanged. */
	showNewCertificate(): void;
	/** Of the child that runs now. */
	readonly pid: number | null;
}

/** Nothing runs before `run` is called. The port of the first start is kept: edges come back to the same place. */
export function superviseBroker({ log, ...options }: BrokerOptions & { readonly log: Logger }): SupervisedBroker {
	let current: BrokerProcess | null = null;
	let tell: { resolve: (place: BrokerPlace) => void; reject: (why: unknown) => void };
	const started = new Promise<BrokerPlace>((resolve, reject) => {
		tell = { resolve, reject };
	});
	started.catch(() => undefined); // run() tells it too

	async function run(signal: AbortSignal): Promise<void> {
		let ports: BrokerPorts | null = null;
		for (let attempt = 0; !signal.aborted; attempt++) {
			const startedAt = performance.now();
			try {
				await runOnce(signal, ports ?? { port: options.port }, (opened) => {
					ports = opened;
					tell.resolve({ port: opened.port, url: `mqtt://127.0.0.1:${opened.innerPort}` });
				});
			} catch (error) {
				if (ports === null) {
					tell.reject(error);
					if (signal.aborted) return;
					throw error;
				}
				if (!signal.aborted) log.error({ reason: (error as Error).message }, "the broker stopped; starting it again");
			}
			if (performance.now() - startedAt > goodRunMs) attempt = 0;
			await wait(backoffMs(attempt, firstWaitMs, longestWaitMs), signal);
		}
		tell.reject(new Error("stopped before the broker had started"));
	}

	/** @throws Error when the child ends before `signal` is aborted */
	async function runOnce(
		signal: AbortSignal,
		ports: Partial<BrokerPorts>,
		onReady: (ports: BrokerPorts) => void,
	): Promise<void> {
		const child = startBrokerProcess({ ...options, ...ports });
		current = child;
		const stop = () => child.stop();
		signal.addEventListener("abort", stop, { once: true });
		try {
			const opened = await child.ready;
			log.info({ pid: child.pid, host: options.host, port: opened.port }, "the broker accepts connections");
			onReady(opened);
			throw new Error(await child.ended);
		} finally {
			signal.removeEventListener("abort", stop);
			child.stop();
			await child.ended;
			current = null;
		}
	}

	return {
		started,
		run,
		showNewCertificate: () => current?.showNewCertificate(),
		get pid() {
			return current?.pid ?? null;
		},
	};
}
