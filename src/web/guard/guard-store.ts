import type { PhotoMoment } from "#contract/guard-api.ts";
import type { AlertAnswer } from "#contract/alerts-api.ts";
import { deviceDatabase } from "../device-database.ts";

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
	/** What the phone's clock lacked then: times go on being right after a restart without a network. */
	readonly clockOffsetMs?: number;
	readonly mine: readonly AlertAnswer[];
	readonly others: readonly AlertAnswer[];
}

const name = "keepclear-guard";

const run = deviceDatabase(name, { queue: { keyPath: "order", autoIncrement: true }, kept: {} });

/** In the order in which it was done. */
export const queuedActions = (): Promise<readonly QueuedAction[]> =>
	run("queue", "readonly", (store) => store.getAll() as IDBRequest<QueuedAction[]>);
export const putAction = (action: QueuedAction) => run("queue", "readwrite", (store) => store.put(action));
export const dropAction = ({ order = -1 }: QueuedAction) => run("queue", "readwrite", (store) => store.delete(order));

export const keepDispatches = (kept: KeptDispatches) =>
	run("kept", "readwrite", (store) => store.put(kept, "dispatches"));
export const keptDispatches = () =>
	run("kept", "readonly", (store) => store.get("dispatches") as IDBRequest<KeptDispatches | undefined>);

const pictureKey = (key: string) => `picture ${key}`;
export const keepPicture = (key: string, picture: Blob) =>
	run("kept", "readwrite", (store) => store.put(picture, pictureKey(key)));
export const keptPicture = (key: string) =>
	run("kept", "readonly", (store) => store.get(pictureKey(key)) as IDBRequest<Blob | undefined>);
export const dropPicture = (key: string) => run("kept", "readwrite", (store) => store.delete(pictureKey(key)));
export const picturesKept = async (): Promise<readonly string[]> =>
	(await run("kept", "readonly", (store) => store.getAllKeys()))
		.filter((key) => typeof key === "string")
		.filter((key) => key.startsWith(pictureKey("")))
		.map((key) => key.slice(pictureKey("").length));

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
