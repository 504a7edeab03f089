import { idSchema } from "./ids.ts";
import type { MessageKind } from "./messages/index.ts";
import { type EdgeAddress, topicRoot } from "./topics.ts";

/** What travels from an edge to the server. */
export const uplinkKinds = ["status", "cameraHealth", "laneState", "alert"] as const satisfies readonly MessageKind[];
export type UplinkKind = (typeof uplinkKinds)[number];

export interface TopicMeaning {
	readonly edge: EdgeAddress;
	readonly kind: MessageKind;
	/** The camera or lane that the topic names. */
	readonly subject: string | null;
}

/** The opposite of `topics`. Null for a topic that is none of ours. */
export function readTopic(topic: string): TopicMeaning | null {
	if (!topic.startsWith(`${topicRoot}/`)) return null;
	const [siteId, edgeId, ...rest] = topic.slice(topicRoot.length + 1).split("/");
	const meaning = readRest(rest);
	return meaning && isId(siteId) && isId(edgeId) && (meaning.subject === null || isId(meaning.subject))
		? { edge: { siteId, edgeId }, ...meaning }
		: null;
}

function readRest(levels: readonly string[]): Pick<TopicMeaning, "kind" | "subject"> | null {
	const [first, subject, last] = levels;
	if (levels.length === 1 && isPlainKind(first)) return { kind: first, subject: null };
	if (levels.length !== 3 || subject === undefined) return null;
	if (first === "camera" && last === "health") return { kind: "cameraHealth", subject };
	if (first === "lane" && last === "state") return { kind: "laneState", subject };
	return null;
}

const plainKinds = ["status", "alert", "ack", "config", "job"] as const;
const isPlainKind = (level: string | undefined): level is (typeof plainKinds)[number] =>
	(plainKinds as readonly (string | undefined)[]).includes(level);

const isId = (text: string | undefined): text is string => idSchema.safeParse(text).success;

export const isUplink = (kind: MessageKind): kind is UplinkKind => (uplinkKinds as readonly string[]).includes(kind);
