import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson, type Json } from "#core/evidence/canonical-json.ts";
import { messageSchemas } from "#contract/messages/index.ts";
import { readManifest } from "#contract/read-manifest.ts";
import { isUplink, readTopic } from "#contract/read-topic.ts";
import { topics } from "#contract/topics.ts";
import { readDownlink } from "../../edge/publish/read-downlink.ts";
import { readMessage } from "../../src/server/ingest/read-message.ts";
import { messageFixtures } from "../support/message-fixtures.ts";
import { edgeOne } from "../support/wire-store.ts";
import { makeIntake, topicOf } from "./support/message-intake.ts";
import { damaged, mutated, oddValue } from "./support/mutate.ts";
import { countCase } from "./support/tried.ts";

const kind = "malformed messages";
const runs = { numRuns: Number(process.env["KEEPCLEAR_FUZZ_RUNS"] ?? 150) };
const valid = messageFixtures("valid");
const isTakenOrRefused = makeIntake();

/** Counts, and says which input it was where it does not hold. */
function holds(isSo: boolean): boolean {
	countCase(kind, isSo);
	return isSo;
}

describe("messages", () => {
	it.each(valid.filter(({ kind }) => isUplink(kind)))("of an edge: $name, changed somewhere", ({ kind, payload }) => {
		fc.assert(
			fc.property(mutated(payload), (value) =>
				holds(isTakenOrRefused(topicOf(kind, value), Buffer.from(JSON.stringify(value) ?? ""))),
			),
			runs,
		);
	});

	it.each(valid.filter(({ kind }) => isUplink(kind)))("of an edge: $name, damaged as text", ({ kind, payload }) => {
		const topic = topicOf(kind, payload);
		fc.assert(
			fc.property(damaged(Buffer.from(JSON.stringify(payload))), (bytes) => holds(isTakenOrRefused(topic, bytes))),
			runs,
		);
	});

	it.each(valid.filter(({ kind }) => !isUplink(kind)))("of the server: $name, at the edge", ({ kind, payload }) => {
		const topic = topicOf(kind, payload);
		const isRead = (bytes: Uint8Array) => {
			const reading = readDownlink(topic, bytes);
			if (reading.kind === "unreadable") return reading.why.length > 0 && !/\bat .*\.ts:\d+/.test(reading.why);
			return messageSchemas[reading.kind].safeParse(reading.payload).success;
		};
		fc.assert(
			fc.property(mutated(payload), (value) => holds(isRead(Buffer.from(JSON.stringify(value) ?? "")))),
			runs,
		);
		fc.assert(
			fc.property(damaged(Buffer.from(JSON.stringify(payload))), (bytes) => holds(isRead(bytes))),
			runs,
		);
	});

	it("that are anything at all, on any topic", () => {
		const topic = fc.oneof(
			fc.string({ maxLength: 60 }),
			fc.constantFrom("", "#", "+", "$SYS/x", "keepclear/v1/a/b/lane//state"),
			fc
				.array(fc.constantFrom("keepclear", "v1", "garden", "edge-1", "lane", "alert", "", "..", "+"), { maxLength: 8 })
				.map((parts) => parts.join("/")),
		);
		fc.assert(
			fc.property(topic, fc.uint8Array({ maxLength: 300 }), (name, bytes) => holds(isTakenOrRefused(name, bytes))),
			{ numRuns: runs.numRuns * 5 },
		);
		fc.assert(
			fc.property(topic, (name) => {
				const meaning = readTopic(name);
				return holds(
					meaning === null || name.startsWith(`keepclear/v1/${meaning.edge.siteId}/${meaning.edge.edgeId}/`),
				);
			}),
			{ numRuns: runs.numRuns * 5 },
		);
	});

	it("that are deep or endless", () => {
		for (const text of [
			"[".repeat(60_000),
			`{"a":`.repeat(12_000),
			`"${"\\u0000".repeat(10_000)}"`,
			"9".repeat(60_000),
		]) {
			holds(isTakenOrRefused(topics.alert(edgeOne), Buffer.from(text)));
		}
		expect(readMessage(topics.alert(edgeOne), Buffer.alloc(70_000, 0x20))).toMatchObject({ result: "unreadable" });
	});
});

/** What has no canonical form is refused by the one who would write it: numbers beyond 2^53, halves of characters. */
function isCarried(value: Json): boolean {
	try {
		canonicalJson(value);
		return true;
	} catch (error) {
		expect((error as Error).message).toMatch(/ are not | is no | is nothing | holds half /);
		return false;
	}
}

describe("manifests", () => {
	it("are read to the byte or not at all", () => {
		fc.assert(
			fc.property(oddValue, fc.string({ maxLength: 30 }), (value, text) => {
				const plain = JSON.parse(JSON.stringify(value ?? null)) as Json;
				const canonical = isCarried(plain) ? canonicalJson(plain) : "";
				return holds([canonical, text, canonical + text].every((each) => readManifest(each) === null));
			}),
			{ numRuns: runs.numRuns * 3 },
		);
	});
});
