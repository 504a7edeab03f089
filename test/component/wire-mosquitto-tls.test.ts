import { join } from "node:path";
import mqtt from "mqtt";
import { describe, expect, it } from "vitest";
import { edgeClientId, topics } from "#contract/topics.ts";
import { makeCertificates } from "../support/certificates.ts";
import { hasMosquitto } from "../support/mosquitto.ts";
import { until } from "../support/poll.ts";
import { prepareOther, temporaryFolder } from "../support/wire-brokers.ts";
import { edgeOne, edgeTwo, openWireStore, raisedMessage, tokenOf } from "../support/wire-store.ts";
import { runIngest, runLink } from "../support/wire-world.ts";

describe.skipIf(!hasMosquitto)("mosquitto with TLS and the recommended access rules", () => {
	it("carries alerts of edges that trust its authority, and lets none write for another", async () => {
		const { folder, remove } = temporaryFolder();
		const store = openWireStore(join(folder, "server.db"));
		const { ca, ...tls } = makeCertificates(folder);
		const broker = await prepareOther({ folder, tls });
		await broker.bringUp();
		const server = runIngest(store, { ...broker.serverAccess, ca });
		const edge = runLink(folder, edgeTwo, broker.url, { ca });
		const doubtful = runLink(folder, edgeOne, broker.url);
		const forger = mqtt.connect(broker.url, {
			protocolVersion: 4,
			clientId: edgeClientId("edge-1"),
			username: "edge-1",
			password: tokenOf(edgeOne),
			ca,
		});
		try {
			await until("the server and the forger", () => server.ingest.connected && forger.connected);
			await forger.publishAsync(topics.alert(edgeTwo), JSON.stringify(raisedMessage("forged", "lane-2a")), { qos: 1 });
			edge.outbox.put(raisedMessage("true", "lane-2b"));
			await until("the outbox to be empty", () => edge.outbox.size === 0);
			expect(store.prepare("SELECT id FROM alerts").all()).toEqual([{ id: "true" }]);
			await until("the complaint", () => doubtful.text().includes("is of an authority that is not trusted"));
			expect(doubtful.link.connected).toBe(false);
		} finally {
			await forger.endAsync(true);
			await Promise.all([edge.stop(), doubtful.stop(), server.stop()]);
			await broker.takeDown();
			store.close();
			remove();
		}
	});
});
