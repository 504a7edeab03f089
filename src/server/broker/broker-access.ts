import { isUplink, readTopic } from "#contract/read-topic.ts";
import { type EdgeAddress, edgeSubscriptions, serverSubscriptions } from "#contract/topics.ts";

/** Who is connected: the server, or one edge. */
export type BrokerUser = { readonly kind: "server" } | { readonly kind: "edge"; readonly address: EdgeAddress };

/** An edge writes what edges say, below its own address; the server writes what the server says. */
export function mayPublish(user: BrokerUser, topic: string): boolean {
	const meaning = readTopic(topic);
	if (!meaning) return false;
	if (user.kind === "server") return !isUplink(meaning.kind);
	const { siteId, edgeId } = user.address;
	return isUplink(meaning.kind) && meaning.edge.siteId === siteId && meaning.edge.edgeId === edgeId;
}

/** Exactly the subscriptions of the contract: a filter with a wildcard is one of the server's or none. */
export function maySubscribe(user: BrokerUser, filter: string): boolean {
	const allowed: readonly string[] = user.kind === "server" ? serverSubscriptions : edgeSubscriptions(user.address);
	return allowed.includes(filter);
}
