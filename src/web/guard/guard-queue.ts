import { addToHandling, putPhoto } from "../api/handling-api.ts";
import { ApiError } from "../api/http.ts";
import { Observable } from "../observable.ts";
import { dropAction, putAction, type QueuedAction, queuedActions } from "./guard-store.ts";

/** What waits to be sent, as it lies in the phone's database. */
export const queue = new Observable<readonly QueuedAction[]>([]);

export async function readQueue(): Promise<void> {
	queue.set(await queuedActions());
}

/** Kept before anything is sent. */
export async function enqueue(action: Omit<QueuedAction, "id" | "doneAt" | "refused">): Promise<void> {
	const id = `phone.${crypto.getRandomValues(new Uint32Array(4)).join("-")}`;
	await putAction({ ...action, id, doneAt: Date.now(), refused: null });
	await readQueue();
	void sendQueue(action.userId);
}

export async function discard(action: QueuedAction): Promise<void> {
	await dropAction(action);
	await readQueue();
}

let sending: Promise<boolean> | null = null;

/**
 * Sends what this person did, one after another and in order, until one does not get through. What the server refuses for
 * good stays in sight, with its words, and holds nothing up. Answers whether nothing waits any more.
 */
export function sendQueue(userId: string): Promise<boolean> {
	sending ??= sendAll(userId).finally(() => (sending = null));
	return sending;
}

async function sendAll(userId: string): Promise<boolean> {
	for (;;) {
		await readQueue();
		const next = queue.value.find((action) => action.userId === userId && action.refused === null);
		if (!next) return true;
		try {
			await sendOne(next);
			await dropAction(next);
		} catch (error) {
			if (!isForGood(error)) return false;
			await putAction({ ...next, refused: error.message });
		}
	}
}

async function sendOne({ id, alertId, kind, note, moment, photo, doneAt }: QueuedAction): Promise<void> {
	const times = { doneAt, sentAt: Date.now() };
	if (kind === "photo") {
		if (photo && moment) await putPhoto({ alertId, id, moment, ...times }, photo);
		return;
	}
	await addToHandling(alertId, { kind, id, ...times, ...(note === null ? {} : { note }) });
}

/** Not so: no network, no answer, signed out, a server that is full or broken. */
const isForGood = (error: unknown): error is ApiError =>
	error instanceof ApiError &&
	[400, 403, 404, 409, 413, 415, 422].includes(error.httpStatus) &&
	error.code !== "csrf_token_missing";
