import type { DrillDraft } from "./drill-draft.ts";
import { deviceDatabase } from "../../device-database.ts";

/** A photo until the server has it. */
export interface DraftPhoto {
	readonly id: string;
	readonly draftId: string;
	readonly photo: Blob;
}

const run = deviceDatabase("keepclear-drills", { drafts: { keyPath: "id" }, photos: { keyPath: "id" } });

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
