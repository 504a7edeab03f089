import type { Client } from "aedes";
import { afterEach, beforeEach, expect, it } from "vitest";
import { edgeClientId, topics } from "#contract/topics.ts";
import type { EdgeCredentials } from "../../src/server/broker/edge-credentials.ts";
import { Gatekeeper } from "../../src/server/broker/gatekeeper.ts";
import { openRetainedStore, type RetainedStore } from "../../src/server/broker/retained-store.ts";
import { keptLog } from "../support/kept-log.ts";
import { temporaryFolder } from "../support/wire-brokers.ts";
import { edgeOne, edgeTwo } from "../support/wire-store.ts";

const { log } = keptLog();
const { authorizePublish } = new Gatekeeper({} as EdgeCredentials, "x", log).handlers;
type Packet = Parameters<typeof authorizePublish>[1];

/** As aedes uses it. */
interface Wills {
	putWill(client: Pick<Client, "id">, will: object): Promise<void>;
	streamWill(living: object): AsyncIterable<Packet>;
}

let temporary: ReturnType<typeof temporaryFolder>;
let kept: RetainedStore;
beforeEach(async () => {
	temporary = temporaryFolder();
	kept = await openRetainedStore(temporary.folder, log);
});
afterEach(async () => {
	await kept.close();
	temporary.remove();
});

/** The topics of those that a broker speaks that finds these in its folder, whoever has left them there. */
async function spoken(wills: readonly { from: string; topic: string }[]): Promise<string[]> {
	const persistence = kept.persistence as Wills;
	for (const { from, topic } of wills) {
		const will = { cmd: "publish", topic, payload: Buffer.from("gone"), qos: 1, retain: true };
		await persistence.putWill({ id: from }, will);
	}
	const topicsSpoken: string[] = [];
	for await (const will of persistence.streamWill({})) {
		authorizePublish(null, will, (error) => !error && topicsSpoken.push(will.topic));
	}
	return topicsSpoken;
}

it("a last will that an earlier broker left behind is spoken for the edge that left it", async () => {
	const own = { from: edgeClientId(edgeOne.edgeId), topic: topics.status(edgeOne) };
	expect(await spoken([own])).toEqual([topics.status(edgeOne)]);
});

it.each([
	["another edge's status", edgeClientId(edgeOne.edgeId), topics.status(edgeTwo)],
	["an alert", edgeClientId(edgeOne.edgeId), topics.alert(edgeOne)],
	["a status, of nobody's connection", "", topics.status(edgeOne)],
	["no topic of ours", edgeClientId(edgeOne.edgeId), "somebody/else"],
])("one for %s is not spoken", async (_what, from, topic) => {
	expect(await spoken([{ from, topic }])).toEqual([]);
});
