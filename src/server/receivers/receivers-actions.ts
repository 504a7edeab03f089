import { randomBytes } from "node:crypto";
import type { ReceiverAnswer, ReceiverBody } from "#contract/transfers-api.ts";
import type { SignedIn } from "../accounts/sessions-store.ts";
import { badInput, notFound } from "../http/api-error.ts";
import type { ServerParts } from "../server-parts.ts";
import type { Store } from "../store/open-store.ts";
import { findReceiver, insertReceiver, listReceivers, setReceiverRemoved, updateReceiver } from "./receivers-store.ts";

type ReceiverParts = Pick<ServerParts, "store" | "now">;

/** @throws ApiError 400 where there is one of this name */
export function addReceiver({ store, now }: ReceiverParts, body: ReceiverBody, { user }: SignedIn): ReceiverAnswer {
	return store.transaction(() => {
		const receiver = { ...body, id: `receiver-${randomBytes(6).toString("hex")}` };
		refuseSameName(store, receiver);
		insertReceiver(store, { ...receiver, userId: user.id, at: now() });
		return receiver;
	})();
}

/** What was transferred keeps the words of then. @throws ApiError 400, 404 */
export function changeReceiver({ store }: ReceiverParts, id: string, body: ReceiverBody): ReceiverAnswer {
	return store.transaction(() => {
		const receiver = { ...body, id };
		if (!findReceiver(store, id)) throw notFound("receiver");
		refuseSameName(store, receiver);
		updateReceiver(store, receiver);
		return receiver;
	})();
}

/** @throws ApiError 404 */
export function removeReceiver({ store, now }: ReceiverParts, id: string): void {
	if (!findReceiver(store, id)) throw notFound("receiver");
	setReceiverRemoved(store, id, now());
}

function refuseSameName(store: Store, { id, name }: ReceiverAnswer): void {
	if (listReceivers(store).some((other) => other.name === name && other.id !== id)) {
		throw badInput({ path: "name", message: "is that of another receiver" });
	}
}
