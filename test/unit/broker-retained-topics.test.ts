import type { Client } from "aedes";
import { expect, it } from "vitest";
import { edgeClientId, topics } from "#contract/topics.ts";
import type { EdgeCredentials } from "../../src/server/broker/edge-credentials.ts";
import { Gatekeeper, mostRetainedOfOne } from "../../src/server/broker/gatekeeper.ts";
import { keptLog } from "../support/kept-log.ts";

const address = { siteId: "estate", edgeId: "edge-1" };
const client = { id: edgeClientId("edge-1") } as Client;

it("an edge keeps so many topics at the broker and no more, and goes on with those that it has", () => {
	const { log, text } = keptLog();
	const credentials = { identify: () => ({ address }), isCurrent: () => true } as unknown as EdgeCredentials;
	const { authenticate, authorizePublish } = new Gatekeeper(credentials, "x", log).handlers;
	authenticate(client, "edge-1", Buffer.from("token"), () => undefined);
	const isTaken = (lane: number, body = "{}", retain = true): boolean => {
		let refusal: unknown = null;
		const packet = {
			cmd: "publish",
			topic: topics.laneState(address, `lane-${lane}`),
			payload: Buffer.from(body),
			retain,
		};
		authorizePublish(client, packet as Parameters<typeof authorizePublish>[1], (error) => (refusal = error ?? null));
		return refusal === null;
	};
	for (let lane = 0; lane < mostRetainedOfOne; lane += 1)
		if (!isTaken(lane)) throw new Error(`lane ${lane} is refused`);
	expect(isTaken(mostRetainedOfOne)).toBe(false);
	expect(text()).toContain("an edge keeps too many topics at the broker: the connection is closed");
	expect([isTaken(7), isTaken(mostRetainedOfOne, "{}", false)]).toEqual([true, true]);
	expect(isTaken(8, "")).toBe(true); // taken off: there is room for another
	expect([isTaken(mostRetainedOfOne), isTaken(mostRetainedOfOne + 1)]).toEqual([true, false]);
});
