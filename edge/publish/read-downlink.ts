import type { AckMessage, ConfigMessage, JobMessage } from "#contract/messages/index.ts";
import { messageSchemas } from "#contract/messages/index.ts";
import { readTopic } from "#contract/read-topic.ts";
import { readValue } from "#contract/read-value.ts";
import { problemsOf } from "#platform/input-error.ts";

/** What the server says to an edge. */
export type Downlink =
	| { readonly kind: "ack"; readonly payload: AckMessage }
	| { readonly kind: "config"; readonly payload: ConfigMessage }
	| { readonly kind: "job"; readonly payload: JobMessage }
	| { readonly kind: "unreadable"; readonly why: string };

const unreadable = (why: string): Downlink => ({ kind: "unreadable", why });

export function readDownlink(topic: string, bytes: Uint8Array): Downlink {
	const kind = readTopic(topic)?.kind;
	if (kind !== "ack" && kind !== "config" && kind !== "job") return unreadable("is not for an edge");
	let value: unknown;
	try {
		value = JSON.parse(new TextDecoder().decode(bytes));
	} catch {
		return unreadable("is not JSON");
	}
	const parsed = readValue(messageSchemas[kind], value);
	return parsed.success
		? ({ kind, payload: parsed.data } as Downlink)
		: unreadable(
				problemsOf(parsed.error)
					.map(({ path, message }) => `${path || "message"}: ${message}`)
					.join("; "),
			);
}
