import { useSyncExternalStore } from "react";

/** A value that can be watched, also from outside React. */
export class Observable<T> {
	#value: T;
	readonly #watchers = new Set<() => void>();

	constructor(value: T) {
		this.#value = value;
	}

	get value(): T {
		return this.#value;
	}

	set(value: T): void {
		if (Object.is(value, this.#value)) return;
		this.#value = value;
		for (const watcher of this.#watchers) watcher();
	}

	readonly watch = (watcher: () => void): (() => void) => {
		this.#watchers.add(watcher);
		return () => this.#watchers.delete(watcher);
	};
}

/** `pick` must give the same thing for the same value: a part of it, or something plain. */
export function useObservable<T, P = T>(
	source: Observable<T>,
	pick: (value: T) => P = (value) => value as unknown as P,
): P {
	return useSyncExternalStore(source.watch, () => pick(source.value));
}
