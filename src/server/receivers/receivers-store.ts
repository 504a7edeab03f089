import type { ReceiverAnswer } from "#contract/transfers-api.ts";
import type { Store } from "../store/open-store.ts";

const select = "SELECT id, name, kind, contact FROM receivers WHERE removed_at IS NULL";

export function listReceivers(store: Store): ReceiverAnswer[] {
	return store.prepare<[], ReceiverAnswer>(`${select} ORDER BY kind, name, id`).all();
}

export function findReceiver(store: Store, id: string): ReceiverAnswer | undefined {
	return store.prepare<[string], ReceiverAnswer>(`${select} AND id = ?`).get(id);
}

export function insertReceiver(store: Store, receiver: ReceiverAnswer & { userId: string; at: number }): void {
	store
		.prepare(
			"INSERT INTO receivers (id, name, kind, contact, added_by, added_at) VALUES (@id, @name, @kind, @contact, @userId, @at)",
		)
		.run(receiver);
}

export function updateReceiver(store: Store, receiver: ReceiverAnswer): void {
	store.prepare("UPDATE receivers SET name = @name, kind = @kind, contact = @contact WHERE id = @id").run(receiver);
}

export function setReceiverRemoved(store: Store, id: string, at: number): void {
	store.prepare("UPDATE receivers SET removed_at = ? WHERE id = ?").run(at, id);
}
