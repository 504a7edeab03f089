import type { DrillDraft } from "./drill-draft.ts";

/** A photo until the server has it. */
export interface DraftPhoto {
	readonly id: string;
	readonly draftId: string;
	readonly photo: Blob;
}

const name = "keepclear-drills";

/** This device's own database: what was typed outlives a reload, a crash and an empty battery. */
function open(): Promise<IDBDatabase> {
	return new Promise((resolve, reject) => {
		const asked = indexedDB.open(name, 1);
		asked.onupgradeneeded = () => {
			asked.result.createObjectStore("drafts", { keyPath: "id" });
			asked.result.createObjectStore("photos", { keyPath: "id" });
		};
		asked.onsuccess = () => resolve(asked.result);
		asked.onerror = () => reject(asked.error ?? new Error("this device's database cannot be opened"));
	});
}

async function run<T>(
	store: "drafts" | "photos",
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
			transaction.onerror = () => reject(transaction.error ?? new Error("this device's database refused"));
			transaction.onabort = transaction.onerror;
		});
	} finally {
		database.close();
	}
}

/** The draft of a person for a site, or for putting a record right. */
export async function keptDraft(
	userId: string,
	siteId: string,
	corrects: string | null,
): Promise<DrillDraft | undefined> {
	const all = await run("drafts", "readonly", (store) => store.getAll() as IDBRequest<DrillDraft[]>);
	return all.find((draft) => draft.userId === userId && draft.siteId === siteId && draft.corrects === corrects);
}
export const keepDraft = (draft: DrillDraft) => run("drafts", "readwrite", (store) => store.put(draft));

export async function photosOf(draftId: string): Promise<readonly DraftPhoto[]> {
	const all = await run("photos", "readonly", (store) => store.getAll() as IDBRequest<DraftPhoto[]>);
	return all.filter((photo) => photo.draftId === draftId);
}
export const keepPhoto = (photo: DraftPhoto) => run("photos", "readwrite", (store) => store.put(photo));
export const dropPhoto = (id: string) => run("photos", "readwrite", (store) => store.delete(id));

/** The server has it all, or it was given up. */
export async function dropDraft(draftId: string): Promise<void> {
	for (const { id } of await photosOf(draftId)) await dropPhoto(id);
	await run("drafts", "readwrite", (store) => store.delete(draftId));
}
