import { InputError } from "#platform/input-error.ts";
import { isSealed, keyIdIn, openWith, sealWith } from "#platform/sealing/seal.ts";
import { newKey, readKeys, type VaultKey, writeKeys } from "#platform/sealing/vault-key.ts";
import { hiddenPassword, hidePassword, passwordsIn } from "../cameras/camera-url.ts";
import type { Store } from "../store/open-store.ts";
import { keyIdOf, type Vault, vaultOf } from "./vault.ts";

/** Every column with sealed values, and the one that names its row. */
const columns = [
	{ table: "cameras", column: "url_sealed", id: "id" },
	{ table: "jobs", column: "request", id: "id" },
	{ table: "enrolment_codes", column: "server_key", id: "edge_id" },
	{ table: "user_factors", column: "secret", id: "user_id" },
	{ table: "factor_drafts", column: "secret", id: "user_id" },
] as const;

/** As it is sealed in. */
export const placeOf = (table: (typeof columns)[number]["table"], id: string): string => {
	const { column } = columns.find((known) => known.table === table)!;
	return `${table}.${column}:${id}`;
};

/**
 * Seals camera addresses that an earlier version kept in the clear, and writes the database anew so that they stand in none
 * of its pages any more. Answers how many.
 */
export function sealWhatIsClear(store: Store, vault: Vault): number {
	const clear = store
		.prepare<[], { id: string; url: string }>("SELECT id, url FROM cameras WHERE url_sealed IS NULL AND url <> ''")
		.all()
		.filter(({ url }) => hasPassword(url));
	const jobs = store
		.prepare<[], { id: string; request: string }>("SELECT id, request FROM jobs WHERE request <> ''")
		.all()
		.filter(({ request }) => !isSealed(request));
	if (clear.length + jobs.length === 0) return 0;
	store.transaction(() => {
		const set = store.prepare("UPDATE cameras SET url = ?, url_sealed = ? WHERE id = ?");
		for (const { id, url } of clear) set.run(hidePassword(url), vault.seal(url, placeOf("cameras", id)), id);
		const setJob = store.prepare("UPDATE jobs SET request = ? WHERE id = ?");
		for (const { id, request } of jobs) setJob.run(vault.seal(request, placeOf("jobs", id)), id);
	})();
	store.exec("VACUUM");
	store.pragma("wal_checkpoint(TRUNCATE)");
	return clear.length + jobs.length;
}

/**
 * Another key in the place of the present one. The file holds both until every value is sealed anew, so a kill in between
 * loses nothing; a server that runs reads the file again. Answers how many values there were.
 */
export async function rotateKey(store: Store, file: string): Promise<number> {
	const keys = readKeys(file);
	const present = keys?.find(({ id }) => id === keyIdOf(store));
	if (!keys || !present) throw new InputError(`secrets.keyFile: ${file} does not hold the key of this database`);
	const next = newKey();
	await writeKeys(file, [next, ...keys]);
	const count = store.transaction(() => {
		const sealed = sealAnew(store, keys, next);
		store.prepare("UPDATE vault SET key_id = ?").run(next.id);
		return sealed;
	})();
	await writeKeys(file, [next]);
	return count;
}

function sealAnew(store: Store, keys: readonly VaultKey[], next: VaultKey): number {
	let count = 0;
	for (const { table, column, id: key } of columns) {
		const rows = store
			.prepare<[], { id: string; sealed: string | null }>(`SELECT ${key} AS id, ${column} AS sealed FROM ${table}`)
			.all();
		const set = store.prepare(`UPDATE ${table} SET ${column} = ? WHERE ${key} = ?`);
		for (const { id, sealed } of rows) {
			if (sealed === null || !isSealed(sealed)) continue;
			const old = keys.find((known) => known.id === keyIdIn(sealed));
			if (!old) throw new InputError(`${table} ${id}: is sealed with a key that is not in the file`);
			set.run(sealWith(next, openWith(old, sealed, placeOf(table, id)), placeOf(table, id)), id);
			count += 1;
		}
	}
	return count;
}

/** Where the key is lost: what is sealed goes. Passwords of cameras are typed anew, second factors are set up anew. */
export async function forgetSecrets(store: Store, file: string): Promise<{ cameras: number; factors: number }> {
	const key = newKey();
	await writeKeys(file, [key]);
	return store.transaction(() => {
		const cameras = store.prepare("UPDATE cameras SET url_sealed = NULL WHERE url_sealed IS NOT NULL").run().changes;
		const factors = store.prepare("DELETE FROM user_factors").run().changes;
		store.exec("DELETE FROM recovery_codes; DELETE FROM factor_drafts; DELETE FROM sign_in_tickets");
		store.exec("DELETE FROM jobs; DELETE FROM enrolment_codes; DELETE FROM vault");
		store.prepare("INSERT INTO vault (id, key_id) VALUES (1, ?)").run(key.id);
		return { cameras, factors };
	})();
}

/** What is stored of an address: what may be seen, and, where it has a password, all of it sealed. */
export const storedUrl = (store: Store, id: string, url: string): { url: string; urlSealed: string | null } =>
	hasPassword(url)
		? { url: hidePassword(url), urlSealed: vaultOf(store).seal(url, placeOf("cameras", id)) }
		: { url, urlSealed: null };

export const openUrl = (store: Store, id: string, url: string, urlSealed: string | null): string =>
	urlSealed === null ? url : vaultOf(store).open(urlSealed, placeOf("cameras", id));

/** `***` stands for one that was forgotten. */
const hasPassword = (url: string) => url !== "" && passwordsIn(url).some((password) => password !== hiddenPassword);
