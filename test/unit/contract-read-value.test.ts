import { expect, test } from "vitest";
import { z } from "zod";
import { readValue } from "#contract/read-value.ts";
import { readDownlink } from "../../edge/publish/read-downlink.ts";
import { readMessage } from "../../src/server/ingest/read-message.ts";

/** Found by fuzzing: the schema's own check of a length throws over it. */
const odd = { length: { toString: 1 } };
const bytes = (value: unknown) => Buffer.from(JSON.stringify(value));

test("a value over which a schema's check throws is refused like any other", () => {
	const schema = z.object({ name: z.string().max(10) });
	expect(() => schema.safeParse({ name: odd })).toThrow(TypeError); // no longer so: then this can go
	const read = readValue(schema, { name: odd });
	expect([read.success, read.error?.issues[0]?.message]).toEqual([false, "holds a value that cannot be read"]);
	expect(readValue(schema, { name: "gate" }).data).toEqual({ name: "gate" });
});

test("in an alert it is refused by the alert's id, so that the edge does not send it for ever", () => {
	const alert = { v: 1, id: "lane-1.abc.raised", kind: "raised", at: 1, label: odd, laneId: odd };
	const read = readMessage("keepclear/v1/garden/edge-1/alert", bytes(alert));
	expect(read).toMatchObject({ result: "refused", id: "lane-1.abc.raised" });
});

test("of the server it is left aside", () => {
	const ack = { v: 1, at: 1_780_000_000_000, applied: [], refused: [{ id: "lane-9-x.raised", reason: odd }] };
	expect(readDownlink("keepclear/v1/garden/edge-1/ack", bytes(ack))).toMatchObject({ kind: "unreadable" });
});
