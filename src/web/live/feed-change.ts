import type { z } from "zod";
import { feedEvents } from "#contract/wall-api.ts";
import type { SseMessage } from "./sse-parser.ts";

type FeedName = keyof typeof feedEvents;

/** One change that the server tells of, with the whole new value. */
export type FeedChange = {
	[Name in FeedName]: { readonly kind: Name; readonly value: z.infer<(typeof feedEvents)[Name]> };
}[FeedName];

/** Null for kinds that this page does not know (a newer server). Throws where the value is not as the contract says. */
export function feedChangeOf(message: SseMessage): FeedChange | null {
	if (!Object.hasOwn(feedEvents, message.event)) return null;
	const kind = message.event as FeedName;
	return { kind, value: feedEvents[kind].parse(JSON.parse(message.data)) } as FeedChange;
}
