import type { PhotoMoment } from "#contract/guard-api.ts";
import type { AlertAnswer } from "#contract/alerts-api.ts";

/** What a guard did, until the server has it. */
export interface QueuedAction {
	/** In which order it was done, whatever the clock showed. Given by the database. */
	readonly order?: number;
	/** Made here: sent twice it is one. */
	readonly id: string;
	readonly userId: string;
	readonly alertId: string;
	readonly laneName: string;
	readonly kind: "on_the_way" | "on_site" | "reported_cleared" | "needs_police" | "note" | "photo";
	readonly note: string | null;
	readonly moment: PhotoMoment | null;
	readonly photo: Blob | null;
	/** By this phone's clock. */
	readonly doneAt: number;
	/** What the server refused for good; null: it waits to be sent. */
	readonly refused: string | null;
}

/** The last that was loaded, to be shown without a network. */
export interface KeptDispatches {
	readonly userId: string;
	readonly userName: string;
	readonly at: number;
	readonly mine: readonly AlertAnswer[];
	readonly others: readonly AlertAnswer[];
}

const name = "keepclear-guard";

/** This phone's own database: what was done outlives a reload, a crash and an empty battery. */
function open(): Promise<IDBDatabase> {
	return new Promise((resolve, reject) => {
		const asked = indexedDB.open(name, 1);
		asked.onupgradeneeded = () => {
			asked.result.createObjectStore("queue", { keyPath: "order", autoIncrement: true });
			asked.result.createObjectStore("kept");
		};
		asked.onsuccess = () => resolve(asked.result);
		asked.onerror = () => reject(asked.error ?? new Error("the phone's database cannot be opened"));
	});
}

async function run<T>(
	store: "queue" | "kept",
	mode: IDBTransactionMode,
	ask: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
	const database = await open();
	try {
		return await new Promise((resolve, reject) => {
			const transaction = database.transaction(store, mode, { durability: "strict" });
			const request = ask(transaction.objectStore(store));
			// Only once it is on the disk is it said to be kept.
			transaction.oncomplete = () => resolve(request.result);
			transaction.onerror = () => reject(transaction.error ?? new Error("the phone's database refused"));
			transaction.onabort = transaction.onerror;
		});
	} finally {
		database.close();
	}
}

/** In the order in which it was done. */
export const queuedActions = (): Promise<readonly QueuedAction[]> =>
	run("queue", "readonly", (store) => store.getAll() as IDBRequest<QueuedAction[]>);
export const putAction = (action: QueuedAction) => run("queue", "readwrite", (store) => store.put(action));
export const dropAction = ({ order = -1 }: QueuedAction) => run("queue", "readwrite", (store) => store.delete(order));

export const keepDispatches = (kept: KeptDispatches) =>
	run("kept", "readwrite", (store) => store.put(kept, "dispatches"));
export const keptDispatches = () =>
	run("kept", "readonly", (store) => store.get("dispatches") as IDBRequest<KeptDispatches | undefined>);

/** What was loaded goes; what waits to be sent stays. Where there is neither, no database is made for it. */
export async function forgetKept(): Promise<void> {
	const known = await indexedDB.databases();
	if (!known.some((each) => each.name === name)) return;
	await run("kept", "readwrite", (store) => store.clear());
}

/** Nothing of anybody stays on the phone. */
export function forgetGuard(): Promise<void> {
	return new Promise((resolve) => {
		const asked = indexedDB.deleteDatabase(name);
		asked.onsuccess = asked.onerror = asked.onblocked = () => resolve();
	});
}
