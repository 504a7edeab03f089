import type { z } from "zod";
import { madeIdSchema } from "#contract/ids.ts";
import { messageSchemas } from "#contract/messages/index.ts";
import { isUplink, readTopic, type UplinkKind } from "#contract/read-topic.ts";
import type { EdgeAddress } from "#contract/topics.ts";
import { readValue } from "#contract/read-value.ts";
import { problemsOf } from "#platform/input-error.ts";

export type Payload<K extends UplinkKind> = z.infer<(typeof messageSchemas)[K]>;
/** One message of an edge: the kind says which payload. */
export type EdgeMessage = {
	readonly [K in UplinkKind]: { readonly kind: K; readonly payload: Payload<K> };
}[UplinkKind];

export type Reading =
	| { readonly result: "message"; readonly edge: EdgeAddress; readonly message: EdgeMessage }
	/** The edge takes its retained state off the broker: nothing to be applied. */
	| { readonly result: "forgotten" }
	/** It can be told which of its messages is wrong: it waits for an answer. */
	| { readonly result: "refused"; readonly edge: EdgeAddress; readonly id: string; readonly reason: string }
	| { readonly result: "unreadable"; readonly reason: string };

const maxBytes = 64 * 1024;
/** As long as the acknowledgement's schema lets it be. */
const maxReason = 500;

const unreadable = (reason: string): Reading => ({ result: "unreadable", reason });

export function readMessage(topic: string, bytes: Uint8Array): Reading {
	const meaning = readTopic(topic);
	if (!meaning || !isUplink(meaning.kind)) return unreadable("the topic is none that edges write to");
	const { edge, kind, subject } = meaning;
	if (bytes.length === 0 && kind !== "alert") return { result: "forgotten" };
	if (bytes.length > maxBytes) return unreadable(`${bytes.length} bytes are too many, at most ${maxBytes} are allowed`);
	const value = parseJson(bytes);
	if (value === undefined) return unreadable("the payload is not JSON");
	const problems = problemsIn(kind, value, subject);
	if (problems.length === 0) return { result: "message", edge, message: { kind, payload: value } as EdgeMessage };
	const reason = problems.join("; ").slice(0, maxReason);
	const id = kind === "alert" ? idOf(value) : null;
	return id === null ? unreadable(reason) : { result: "refused", edge, id, reason };
}

function problemsIn(kind: UplinkKind, value: unknown, subject: string | null): readonly string[] {
	const parsed = readValue(messageSchemas[kind], value);
	if (!parsed.success) return problemsOf(parsed.error).map(({ path, message }) => `${path || "message"}: ${message}`);
	const { laneId, cameraId } = parsed.data as { laneId?: string; cameraId?: string };
	const named = kind === "laneState" ? laneId : kind === "cameraHealth" ? cameraId : null;
	return named === subject ? [] : [`the payload is about ${named}, the topic about ${subject}`];
}

function parseJson(bytes: Uint8Array): unknown {
	try {
		return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
	} catch {
		return undefined;
	}
}

function idOf(value: unknown): string | null {
	const id = readValue(madeIdSchema, (value as { id?: unknown } | null)?.id);
	return id.success ? id.data : null;
}
