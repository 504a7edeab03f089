import { useCallback, useEffect, useState } from "react";
import { useNewest } from "../use-newest.ts";

export interface Loaded<T> {
	readonly value: T | null;
	readonly error: unknown;
	readonly loading: boolean;
	/** Loads again; what is there stays until the new value has come. */
	readonly reload: () => void;
	/** Puts a newer value in place, e.g. the answer to a change. */
	readonly put: (value: T) => void;
}

/** Loads something when shown, and anew when `key` changes. */
export function useLoaded<T>(key: string, load: (signal: AbortSignal) => Promise<T>): Loaded<T> {
	const [answer, setAnswer] = useState<{ key: string; value: T | null; error: unknown }>({
		key,
		value: null,
		error: null,
	});
	const [turn, setTurn] = useState(0);
	const newest = useNewest(load);
	useEffect(() => {
		const given = new AbortController();
		newest.current(given.signal).then(
			(value) => !given.signal.aborted && setAnswer({ key, value, error: null }),
			(error: unknown) =>
				!given.signal.aborted &&
				setAnswer((before) => ({ key, value: before.key === key ? before.value : null, error })),
		);
		return () => given.abort();
	}, [key, turn, newest]);
	const current = answer.key === key ? answer : { value: null, error: null };
	return {
		value: current.value,
		error: current.error,
		loading: current.value === null && current.error === null,
		reload: useCallback(() => {
			setAnswer((before) => ({ ...before, error: null }));
			setTurn((n) => n + 1);
		}, []),
		put: useCallback((value: T) => setAnswer({ key, value, error: null }), [key]),
	};
}
