import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { wait } from "#platform/wait.ts";

/**
 * `open`: bytes go through. `refusing`: nobody listens there. `dropping`: who connects is cut off at once. `silent`: connections stand, and nothing goes through, as when
 * a cable is pulled. `slow`: each piece comes `delayMs` later, and `lossShare` of them later still, by one second or more,
 * as TCP sends again what was lost: what a network of that loss does to a connection, not its packets.
 */
export type Weather =
	| { readonly kind: "open" | "refusing" | "dropping" | "silent" }
	| { readonly kind: "slow"; readonly delayMs: number; readonly lossShare: number };

export interface FaultProxy {
	readonly port: number;
	/** Holds for connections that stand too; `refusing` and `dropping` cut them. */
	set(weather: Weather): Promise<void>;
	/** How many connections were asked for so far. */
	readonly asked: number;
	close(): Promise<void>;
}

/** A TCP way to `targetPort` on this machine that can be made as bad as ways are. */
export async function startFaultProxy(targetPort: number): Promise<FaultProxy> {
	let weather: Weather = { kind: "open" };
	let asked = 0;
	const pairs = new Set<readonly [Socket, Socket]>();
	const server = createServer({ pauseOnConnect: true }, (near) => {
		asked += 1;
		if (weather.kind === "dropping") return void near.destroy();
		const far = connect(targetPort, "127.0.0.1");
		const pair = [near, far] as const;
		pairs.add(pair);
		for (const socket of pair) {
			socket.setNoDelay(true);
			socket.on("error", () => undefined);
			socket.on("close", () => {
				pairs.delete(pair);
				for (const each of pair) each.destroy();
			});
		}
		void carry(near, far);
		void carry(far, near);
	});
	const listen = async (port: number) => {
		server.listen(port, "127.0.0.1");
		await once(server, "listening");
	};
	await listen(0);
	const { port } = server.address() as AddressInfo;

	/** One piece after the other, in order, as the weather is when it comes. */
	async function carry(from: Socket, to: Socket): Promise<void> {
		try {
			for await (const piece of from as AsyncIterable<Buffer>) {
				while (weather.kind === "silent") await wait(50);
				if (weather.kind === "slow") await wait(weather.delayMs + lateBy(weather.lossShare));
				if (!to.write(piece)) await once(to, "drain");
			}
			to.end();
		} catch {
			to.destroy();
		}
	}

	const cut = () => {
		for (const pair of pairs) for (const socket of pair) socket.destroy();
	};
	const shut = async () => {
		cut();
		if (server.listening) await new Promise((resolve) => server.close(resolve));
	};
	return {
		port,
		get asked() {
			return asked;
		},
		async set(next) {
			weather = next;
			if (next.kind === "dropping") cut();
			if (next.kind === "refusing") await shut();
			else if (!server.listening) await listen(port);
		},
		close: shut,
	};
}

/** A piece that is lost is sent again after one second, then two, then four. */
function lateBy(lossShare: number): number {
	let late = 0;
	for (let again = 1_000; again <= 8_000 && Math.random() < lossShare; again *= 2) late += again;
	return late;
}
