import { useState } from "react";

interface History<T> {
	readonly past: readonly T[];
	readonly present: T | null;
	readonly future: readonly T[];
}

interface Undoable<T> {
	readonly value: T;
	readonly set: (value: T) => void;
	/** Null: there is nothing to take back, or to do again. */
	readonly undo: (() => void) | null;
	readonly redo: (() => void) | null;
	/** Back to `start`, without a way back. */
	readonly reset: () => void;
}

/** A value with the way back. Until it is first changed it is `start`, also where that changes. */
export function useUndo<T>(start: T): Undoable<T> {
	const [{ past, present, future }, setHistory] = useState<History<T>>({ past: [], present: null, future: [] });
	const value = present ?? start;
	const [before, after] = [past.at(-1), future.at(-1)];
	return {
		value,
		set: (next) => setHistory({ past: [...past, value].slice(-100), present: next, future: [] }),
		undo:
			before === undefined
				? null
				: () => setHistory({ past: past.slice(0, -1), present: before, future: [...future, value] }),
		redo:
			after === undefined
				? null
				: () => setHistory({ past: [...past, value], present: after, future: future.slice(0, -1) }),
		reset: () => setHistory({ past: [], present: null, future: [] }),
	};
}
