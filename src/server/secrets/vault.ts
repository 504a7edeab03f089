import { InputError } from "#platform/input-error.ts";
import { keyIdIn, openWith, sealWith } from "#platform/sealing/seal.ts";
import { newKey, readKeys, type VaultKey, writeKeys } from "#platform/sealing/vault-key.ts";
import type { Store } from "../store/open-store.ts";

/**
 * Seals what the database holds and must give back (camera passwords, second factors): AES-256-GCM with a key in a file of
 * its own, so that a copy of the database tells none of it. `place` (table, column, row) is sealed in: a value that is moved
 * elsewhere does not open.
 */
export interface Vault {
	seal(text: string, place: string): string;
	/** @throws InputError where it is of another key, or was changed */
	open(sealed: string, place: string): string;
}

/**
 * The vault of this database. At the very first start its key is made.
 * @throws InputError where the key is missing or another one
 */
export async function openVault(store: Store, file: string): Promise<Vault> {
	let keys = keysOf(store, file);
	if (keys === null) {
		keys = [newKey()];
		await writeKeys(file, keys).catch((cause: NodeJS.ErrnoException) => {
			throw new InputError(
				`secrets.keyFile: ${file} cannot be made (${cause.code}): make it for the user who runs Keepclear: openssl rand -hex 32`,
				{ cause },
			);
		});
	}
	if (keyIdOf(store) === null) store.prepare("INSERT INTO vault (id, key_id) VALUES (1, ?)").run(keys[0]?.id);
	return new FileVault(store, file, keys);
}

/**
 * The keys of this database, as they lie in the file. Null: nothing was sealed yet, and there are none.
 * @throws InputError where the key is missing or another one
 */
export function keysOf(store: Store, file: string): readonly VaultKey[] | null {
	const known = keyIdOf(store);
	const keys = readKeys(file);
	if (known === null) return keys;
	if (keys === null) {
		throw new InputError(
			`secrets.keyFile: ${file} is missing, and the database's secrets are sealed with it (key ${known}). Put it back from where you keep it; where it is lost: keepclear secrets forget --config FILE`,
		);
	}
	if (!keys.some(({ id }) => id === known)) {
		throw new InputError(
			`secrets.keyFile: ${file} holds another key (${keys[0]?.id}) than the one of this database (${known}). Put the right one back; where it is lost: keepclear secrets forget --config FILE`,
		);
	}
	return keys;
}

export const keyIdOf = (store: Store): string | null =>
	store.prepare<[], { id: string }>("SELECT key_id AS id FROM vault").get()?.id ?? null;

/** Reads the file again where somebody else turned to another key meanwhile. */
class FileVault implements Vault {
	readonly #store: Store;
	readonly #file: string;
	#keys: readonly VaultKey[];

	constructor(store: Store, file: string, keys: readonly VaultKey[]) {
		this.#store = store;
		this.#file = file;
		this.#keys = keys;
	}

	seal(text: string, place: string): string {
		return sealWith(this.#key(keyIdOf(this.#store) ?? ""), text, place);
	}

	open(sealed: string, place: string): string {
		return openWith(this.#key(keyIdIn(sealed)), sealed, place);
	}

	#key(id: string): VaultKey {
		const find = () => this.#keys.find((key) => key.id === id);
		if (!find()) this.#keys = readKeys(this.#file) ?? [];
		const key = find();
		if (!key) throw new InputError(`secrets.keyFile: ${this.#file} lacks the key ${id}`);
		return key;
	}
}

const vaults = new WeakMap<Store, Vault>();
export const useVault = (store: Store, vault: Vault): void => void vaults.set(store, vault);

/** The one that `useVault` tied to this connection. */
export function vaultOf(store: Store): Vault {
	const vault = vaults.get(store);
	if (!vault) throw new Error("this connection to the database was opened without its vault");
	return vault;
}
