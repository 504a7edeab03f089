/** Resolves with what was asked for, and only once it is on the disk. */
type Run<Store extends string> = <T>(
	store: Store,
	mode: IDBTransactionMode,
	ask: (store: IDBObjectStore) => IDBRequest<T>,
) => Promise<T>;

/**
 * This device's own database: what was done outlives a reload, a crash and an empty battery.
 *
 * @param stores with their keys; made when the database is first opened
 */
export function deviceDatabase<Store extends string>(
	name: string,
	stores: Readonly<Record<Store, IDBObjectStoreParameters>>,
): Run<Store> {
	const open = (): Promise<IDBDatabase> =>
		new Promise((resolve, reject) => {
			const asked = indexedDB.open(name, 1);
			asked.onupgradeneeded = () => {
				for (const [store, options] of Object.entries<IDBObjectStoreParameters>(stores))
					asked.result.createObjectStore(store, options);
			};
			asked.onsuccess = () => resolve(asked.result);
			asked.onerror = () => reject(asked.error ?? new Error("this device's database cannot be opened"));
		});
	return async (store, mode, ask) => {
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
	};
}
